import { describe, expect, it } from "vitest";
import { isWeakFunction, normaliseFunction } from "./function-name.js";
import { normaliseModule, stateMachineMethod } from "./module-name.js";
import type { Family } from "./platform.js";

const FUNCTIONS: readonly [family: Family, name: string, normalised: string][] = [
  ["python", "checkout", "checkout"],
  ["python", "Cart.total", "Cart.total"],
  ["python", "outer.<locals>.inner", "outer.inner"],
  ["python", "<lambda>", "<anonymous>"],
  ["python", "Cart.total.<locals>.<lambda>", "Cart.total.<anonymous>"],
  ["javascript", "Object.add", "add"],
  ["javascript", "new Cart", "Cart"],
  ["javascript", "async Cart.load", "load"],
  ["javascript", "Cart.add [as onClick]", "add"],
  ["javascript", "HTMLButtonElement.<anonymous>", "<anonymous>"],
  ["javascript", "?", "<anonymous>"],
  ["javascript", "render/<", "render"],
  ["javascript", "async*load", "load"],
  ["java", "lambda$checkout$3", "checkout.<lambda>"],
  ["java", "checkout$lambda$0", "checkout.<lambda>"],
  ["java", "$anonfun$checkout$1", "checkout.<lambda>"],
  ["java", "lambda$new$0", "<lambda>"],
  ["java", "save$default", "save"],
  ["java", "access$000", "access"],
  ["go", "(*Server).Handle.func1", "(*Server).Handle.<func>"],
  ["go", "(*Server).Handle.func1.2", "(*Server).Handle.<func>"],
  ["go", "Run.func2.1.func3", "Run.<func>"],
  ["go", "Map[...]", "Map"],
  ["go", "(*File).Close-fm", "(*File).Close"],
  ["go", "Run.gowrap1", "Run"],
  ["go", "Each-range1", "Each"],
  ["go", "glob..func3", "<func>"],
  ["ruby", "block in checkout", "checkout.<anonymous>"],
  ["ruby", "block (2 levels) in checkout", "checkout.<anonymous>"],
  ["ruby", "rescue in block in checkout", "checkout.<anonymous>"],
  ["ruby", "User#checkout", "checkout"],
  ["ruby", "block in User#checkout", "checkout.<anonymous>"],
  ["ruby", "_app_views_users_show_html_erb__123456_789", "_app_views_users_show_html_erb"],
  ["ruby", "<class:User>", "<class:User>"],
  ["php", "{closure}", "{closure}"],
  ["php", "App\\Http\\{closure}", "{closure}"],
  ["php", "{closure:App\\Cart::total():12}", "App\\Cart::total.{closure}"],
  ["php", "class@anonymous\u0000/app/x.php:12$0::run", "class@anonymous::run"],
  ["php", "App\\Cart::total", "App\\Cart::total"],
  ["dotnet", "<Load>b__0", "Load.<lambda>"],
  ["dotnet", "<Load>g__Local|5_0", "Load.Local"],
  ["dotnet", "async Task<int> Load(string id)", "Load"],
  ["dotnet", "Load[T](T x)", "Load"],
  ["dotnet", "Load(int id)+() => { }", "Load.<lambda>"],
  ["dotnet", "MoveNext", "MoveNext"],
  ["native", "app::cart::total::h0123456789abcdef", "app::cart::total"],
  ["native", "app::cart::total::{{closure}}::h0123456789abcdef", "app::cart::total::<closure>"],
  ["native", "app::cart::total::{closure#0}", "app::cart::total::<closure>"],
  ["native", "<app::Cart as core::ops::Drop>::drop", "app::Cart::drop"],
  ["native", "app::run::<alloc::string::String>", "app::run"],
  ["native", "std::vector<int, std::allocator<int> >::push_back(int&&)", "std::vector::push_back"],
  ["native", "int Cart::total<int>(int, char*)", "Cart::total"],
  ["native", "total.part.0", "total"],
  ["native", "total.isra.0.cold", "total"],
  ["native", "total(int) [clone .constprop.0]", "total"],
  ["native", "(anonymous namespace)::total(int)", "{anonymous}::total"],
  ["native", "Cart::operator<<(int)", "Cart::operator<<"],
  ["native", "-[Cart total:]", "-[Cart total:]"],
  ["native", "__42-[Cart total:]_block_invoke_2", "-[Cart total:].<block>"],
  ["native", "closure #1 (Swift.Int) -> () in App.Cart.total() -> ()", "App.Cart.total.<closure>"],
  ["elixir", "anonymous fn/1 in Shop.Cart.total/2", "Shop.Cart.total/2.<anonymous>"],
  ["elixir", '"-total/2-fun-0-"', "total/2.<anonymous>"],
  ["dart", "Cart.total.<anonymous closure>", "Cart.total.<anonymous>"],
  ["dart", "new Cart.<fn>", "Cart.<anonymous>"],
  ["perl", "Shop::Cart::__ANON__[x.pl:12]", "Shop::Cart::<anonymous>"],
  ["other", "", "<anonymous>"],
];

describe("normaliseFunction", () => {
  it.each(FUNCTIONS)("reads the %s function %j", (family, name, normalised) => {
    expect(normaliseFunction(name, family)).toBe(normalised);
  });

  it("answers fast on hostile names", () => {
    const start = performance.now();
    for (const [family] of FUNCTIONS)
      for (const part of ["<", "(", "::", "$1", ".func1", "{closure:", "block in ", "lambda$"])
        normaliseFunction(part.repeat(20_000), family);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("knows names that a minifier made", () => {
    expect(isWeakFunction("t", "javascript")).toBe(true);
    expect(isWeakFunction("e2", "javascript")).toBe(true);
    expect(isWeakFunction("go", "javascript")).toBe(false);
    expect(isWeakFunction("f", "python")).toBe(false);
  });
});

const MODULES: readonly [family: Family, module: string, normalised: string][] = [
  ["java", "com.shop.Cart$$Lambda$123/0x0000000800c8", "com.shop.Cart"],
  ["java", "com.shop.Cart$$Lambda/0x00007f01", "com.shop.Cart"],
  ["java", "com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b3c", "com.shop.Cart"],
  ["java", "com.shop.Cart$$SpringCGLIB$$0", "com.shop.Cart"],
  ["java", "com.shop.Cart$HibernateProxy$xYz", "com.shop.Cart"],
  ["java", "com.shop.Cart_$$_jvst8a_0", "com.shop.Cart"],
  ["java", "com.shop.Cart$1", "com.shop.Cart$*"],
  ["java", "com.shop.CartKt$load$2$1", "com.shop.CartKt$load$*"],
  ["java", "com.shop.Cart$Item", "com.shop.Cart$Item"],
  ["java", "sun.reflect.GeneratedMethodAccessor57", "sun.reflect.GeneratedMethodAccessor"],
  ["go", "github.com/shop/api/v2/cart", "github.com/shop/api/cart"],
  ["go", "gopkg.in/yaml.v3", "gopkg.in/yaml"],
  ["dotnet", "Shop.Cart+<Load>d__12", "Shop.Cart"],
  ["dotnet", "Shop.Cart+<>c__DisplayClass5_0", "Shop.Cart"],
  ["dotnet", "Shop.List`1[[System.Int32]]", "Shop.List"],
  ["javascript", "chunk-8f3a2b1c:cart", "chunk:cart"],
  ["python", "__main__", ""],
  ["python", "shop.cart", "shop.cart"],
];

describe("normaliseModule", () => {
  it.each(MODULES)("reads the %s module %j", (family, module, normalised) => {
    expect(normaliseModule(module, family)).toBe(normalised);
  });

  it("finds the method behind a state machine", () => {
    expect(stateMachineMethod("Shop.Cart+<Load>d__12")).toBe("Load");
    expect(stateMachineMethod("Shop.Cart")).toBeUndefined();
  });
});
