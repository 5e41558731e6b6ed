import { describe, expect, it } from "vitest";
import type { FrameShape } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

/* Java and Kotlin, Go, .NET, Rust, C++, Objective-C, Swift: which events are one problem, and which are two. */

type Frames = readonly FrameShape[];
type Pair = readonly [why: string, platform: string, a: Frames, b: Frames];

function hashOf(platform: string, frames: Frames): string | undefined {
  return groupEventV1({
    platform,
    exception: { values: [{ type: "Failure", value: "x", stacktrace: { frames } }] },
  }).hashes[0];
}

const fn = (module: string, name: string, more: FrameShape = {}): FrameShape => ({
  module,
  function: name,
  ...more,
});
const own = (module: string, name: string): FrameShape => fn(module, name, { in_app: true });
const symbol = (name: string, more: FrameShape = {}): FrameShape => ({ function: name, ...more });

const TOGETHER: readonly Pair[] = [
  [
    "lambdas are numbered",
    "java",
    [fn("com.shop.Cart", "lambda$total$0")],
    [fn("com.shop.Cart", "lambda$total$7")],
  ],
  [
    "lambda classes have addresses",
    "java",
    [fn("com.shop.Cart$$Lambda$12/0x0008", "apply")],
    [fn("com.shop.Cart$$Lambda$99/0x0f10", "apply")],
  ],
  [
    "Spring proxies have generated names",
    "java",
    [fn("com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b", "total"), fn("com.shop.Cart", "total")],
    [fn("com.shop.Cart$$EnhancerBySpringCGLIB$$ffff", "total"), fn("com.shop.Cart", "total")],
  ],
  [
    "Spring 6 names proxies differently",
    "java",
    [fn("com.shop.Cart$$SpringCGLIB$$0", "total"), fn("com.shop.Cart", "total")],
    [fn("com.shop.Cart", "total")],
  ],
  [
    "anonymous classes are renumbered",
    "java",
    [fn("com.shop.Cart$1", "run")],
    [fn("com.shop.Cart$4", "run")],
  ],
  [
    "reflection is inflated",
    "java",
    [fn("sun.reflect.GeneratedMethodAccessor57", "invoke"), fn("com.shop.Cart", "total")],
    [fn("java.lang.reflect.Method", "invoke"), fn("com.shop.Cart", "total")],
  ],
  [
    "the server differs",
    "java",
    [fn("org.apache.catalina.core.X", "doFilter"), fn("com.shop.Cart", "total")],
    [fn("io.undertow.server.Y", "handle"), fn("com.shop.Cart", "total")],
  ],
  [
    "JDK proxies are numbered",
    "java",
    [fn("jdk.proxy2.$Proxy57", "save"), fn("com.shop.Cart", "total")],
    [fn("jdk.proxy4.$Proxy91", "save"), fn("com.shop.Cart", "total")],
  ],
  [
    "Kotlin lambdas are compiled otherwise",
    "java",
    [fn("com.shop.CartKt", "total$lambda$0")],
    [fn("com.shop.CartKt", "total$lambda$3")],
  ],
  [
    "coroutines are numbered",
    "java",
    [fn("com.shop.CartKt$load$1", "invokeSuspend")],
    [fn("com.shop.CartKt$load$2$1", "invokeSuspend")],
  ],
  [
    "the dispatcher differs",
    "java",
    [fn("kotlinx.coroutines.DispatchedTask", "run"), fn("com.shop.Cart", "total")],
    [fn("kotlin.coroutines.jvm.internal.BaseContinuationImpl", "resumeWith"), fn("com.shop.Cart", "total")],
  ],
  [
    "Hibernate proxies",
    "java",
    [fn("com.shop.Cart$HibernateProxy$aBc", "getTotal")],
    [fn("com.shop.Cart$HibernateProxy$xYz", "getTotal")],
  ],
  [
    "Scala closures are numbered",
    "java",
    [fn("com.shop.Cart", "$anonfun$total$1")],
    [fn("com.shop.Cart", "$anonfun$total$5$adapted")],
  ],
  [
    "Android internals differ",
    "java",
    [fn("android.os.Handler", "dispatchMessage"), fn("com.shop.Main", "onClick")],
    [fn("androidx.core.View", "perform"), fn("com.shop.Main", "onClick")],
  ],

  [
    "closures are renumbered",
    "go",
    [fn("github.com/shop/api", "(*Server).Pay.func1")],
    [fn("github.com/shop/api", "(*Server).Pay.func3.2")],
  ],
  [
    "generics are instantiated",
    "go",
    [fn("github.com/shop/api", "Map[...]")],
    [fn("github.com/shop/api", "Map")],
  ],
  [
    "deferred calls are wrapped",
    "go",
    [fn("github.com/shop/api", "Run.deferwrap1")],
    [fn("github.com/shop/api", "Run")],
  ],
  [
    "the major version is in the path",
    "go",
    [fn("github.com/shop/api/v2/cart", "Total")],
    [fn("github.com/shop/api/v3/cart", "Total")],
  ],
  [
    "the runtime's frames differ",
    "go",
    [fn("runtime", "goexit"), fn("main", "run"), fn("runtime", "gopanic")],
    [fn("main", "run")],
  ],
  [
    "module cache is called in-app",
    "go",
    [
      fn("github.com/gin/gin", "Next", {
        abs_path: "/go/pkg/mod/github.com/gin/gin@v1.9.1/context.go",
        in_app: true,
      }),
      fn("runtime", "main", { in_app: false }),
      own("main", "run"),
    ],
    [fn("runtime", "main", { in_app: false }), own("main", "run")],
  ],
  [
    "the net/http server differs",
    "go",
    [fn("net/http", "(*conn).serve"), fn("shop/cart", "Total")],
    [fn("net/http", "HandlerFunc.ServeHTTP"), fn("shop/cart", "Total")],
  ],

  [
    "state machines are renumbered",
    "csharp",
    [own("Shop.Cart+<Load>d__12", "MoveNext")],
    [own("Shop.Cart+<Load>d__14", "MoveNext")],
  ],
  [
    "a state machine and its demystified name",
    "csharp",
    [own("Shop.Cart+<Load>d__12", "MoveNext")],
    [own("Shop.Cart", "async Task<int> Load(string id)")],
  ],
  [
    "display classes are renumbered",
    "csharp",
    [own("Shop.Cart+<>c__DisplayClass5_0", "<Load>b__0")],
    [own("Shop.Cart+<>c__DisplayClass9_1", "<Load>b__2")],
  ],
  [
    "local functions are renumbered",
    "csharp",
    [own("Shop.Cart", "<Load>g__Parse|5_0")],
    [own("Shop.Cart", "<Load>g__Parse|8_1")],
  ],
  [
    "awaiter frames come and go",
    "csharp",
    [own("Shop.Cart", "Load"), fn("System.Runtime.CompilerServices.TaskAwaiter", "ThrowForNonSuccess")],
    [own("Shop.Cart", "Load")],
  ],
  [
    "the host differs",
    "csharp",
    [fn("Microsoft.AspNetCore.Hosting.X", "Run"), fn("Shop.Cart", "Load")],
    [fn("System.Threading.Y", "Go"), fn("Shop.Cart", "Load")],
  ],
  [
    "type arguments differ",
    "csharp",
    [own("Shop.List`1", "Load[T](T x)")],
    [own("Shop.List`1[[System.Int32]]", "Load")],
  ],

  [
    "symbol hashes differ",
    "rust",
    [symbol("shop::cart::total::h0123456789abcdef")],
    [symbol("shop::cart::total::hfedcba9876543210")],
  ],
  [
    "closures are written otherwise",
    "rust",
    [symbol("shop::cart::total::{{closure}}::h0123456789abcdef")],
    [symbol("shop::cart::total::{closure#0}")],
  ],
  [
    "panic machinery differs",
    "rust",
    [
      symbol("shop::run"),
      symbol("core::panicking::panic_fmt"),
      symbol("std::panicking::begin_panic_handler"),
    ],
    [symbol("shop::run"), symbol("core::option::unwrap_failed"), symbol("rust_begin_unwind")],
  ],
  [
    "the runtime differs",
    "native",
    [symbol("tokio::runtime::park"), symbol("shop::run")],
    [symbol("std::rt::lang_start"), symbol("shop::run")],
  ],
  [
    "monomorphised types differ",
    "rust",
    [symbol("shop::save::<alloc::string::String>")],
    [symbol("shop::save::<u64>")],
  ],
  [
    "the compiler clones functions",
    "native",
    [symbol("Cart::total(int) [clone .constprop.0]")],
    [symbol("Cart::total(int)")],
  ],
  [
    "template arguments differ",
    "native",
    [symbol("Cart<int>::total<char*>(char*)")],
    [symbol("Cart<long>::total<void*>(void*)")],
  ],
  [
    "addresses differ",
    "native",
    [symbol("Cart::total", { instruction_addr: "0x1000" })],
    [symbol("Cart::total", { instruction_addr: "0x2000" })],
  ],
  [
    "blocks are renumbered",
    "cocoa",
    [symbol("__42-[Cart total:]_block_invoke")],
    [symbol("__42-[Cart total:]_block_invoke_3")],
  ],
  [
    "Swift closures are renumbered",
    "cocoa",
    [symbol("closure #1 () -> () in Shop.Cart.total() -> ()")],
    [symbol("closure #3 () -> () in Shop.Cart.total() -> ()")],
  ],
  [
    "system libraries differ",
    "cocoa",
    [symbol("UIApplicationMain", { package: "/System/Library/Frameworks/UIKit" }), symbol("Shop.total")],
    [symbol("start", { package: "/usr/lib/dyld" }), symbol("Shop.total")],
  ],
  [
    "address randomisation moves the library",
    "native",
    [{ package: "/opt/shop/cart.so", instruction_addr: "0x7f0010", image_addr: "0x7f0000" }],
    [{ package: "/srv/shop/cart.so", instruction_addr: "0x9a0010", image_addr: "0x9a0000" }],
  ],
];

const APART: readonly Pair[] = [
  ["methods differ", "java", [fn("com.shop.Cart", "total")], [fn("com.shop.Cart", "add")]],
  ["classes differ", "java", [fn("com.shop.Cart", "run")], [fn("com.shop.Order", "run")]],
  [
    "lambdas are in different methods",
    "java",
    [fn("com.shop.Cart", "lambda$total$0")],
    [fn("com.shop.Cart", "lambda$add$0")],
  ],
  ["inner classes differ", "java", [fn("com.shop.Cart$Item", "run")], [fn("com.shop.Cart$Line", "run")]],
  [
    "coroutines of different functions",
    "java",
    [fn("com.shop.CartKt$load$1", "invokeSuspend")],
    [fn("com.shop.CartKt$save$1", "invokeSuspend")],
  ],
  ["receivers differ", "go", [fn("shop/api", "(*Server).Run")], [fn("shop/api", "(*Worker).Run")]],
  ["packages differ", "go", [fn("shop/cart", "Run")], [fn("shop/order", "Run")]],
  [
    "closures are in different functions",
    "go",
    [fn("shop/api", "Pay.func1")],
    [fn("shop/api", "Show.func1")],
  ],
  [
    "async methods differ",
    "csharp",
    [own("Shop.Cart+<Load>d__12", "MoveNext")],
    [own("Shop.Cart+<Save>d__12", "MoveNext")],
  ],
  [
    "local functions differ",
    "csharp",
    [own("Shop.Cart", "<Load>g__Parse|5_0")],
    [own("Shop.Cart", "<Load>g__Check|5_0")],
  ],
  ["crates differ", "rust", [symbol("shop::run")], [symbol("stock::run")]],
  [
    "implementations differ",
    "rust",
    [symbol("<shop::Cart as core::ops::Drop>::drop")],
    [symbol("<shop::Order as core::ops::Drop>::drop")],
  ],
  ["a closure is not its function", "rust", [symbol("shop::run::{{closure}}")], [symbol("shop::run")]],
  ["selectors differ", "cocoa", [symbol("-[Cart total:]")], [symbol("-[Cart add:]")]],
  ["namespaces differ", "native", [symbol("a::total(int)")], [symbol("b::total(int)")]],
  [
    "places in a library differ",
    "native",
    [{ package: "cart.so", instruction_addr: "0x7f0010", image_addr: "0x7f0000" }],
    [{ package: "cart.so", instruction_addr: "0x7f0090", image_addr: "0x7f0000" }],
  ],
];

describe("grouping of compiled languages", () => {
  it.each(TOGETHER.map(([why, platform, a, b]) => ({ why, platform, a, b })))(
    "joins events when $why ($platform)",
    ({ platform, a, b }) => {
      expect(hashOf(platform, b)).toBe(hashOf(platform, a));
    },
  );

  it.each(APART.map(([why, platform, a, b]) => ({ why, platform, a, b })))(
    "parts events when $why ($platform)",
    ({ platform, a, b }) => {
      expect(hashOf(platform, b)).not.toBe(hashOf(platform, a));
    },
  );

  it("reads the message where Go's type says nothing", () => {
    const go = (type: string, value: string): string | undefined =>
      groupEventV1({
        platform: "go",
        exception: { values: [{ type, value, stacktrace: { frames: [fn("shop/api", "report")] } }] },
      }).hashes[0];
    expect(go("*errors.errorString", "user 5 gone")).toBe(go("*errors.errorString", "user 6 gone"));
    expect(go("*errors.errorString", "user 5 gone")).not.toBe(go("*errors.errorString", "disk full"));
    expect(go("*shop.NotFound", "user 5 gone")).toBe(go("*shop.NotFound", "disk full"));
  });
});
