import { describe, expect, it } from "vitest";
import { markInApp } from "./mark-in-app.js";
import { topFrameOf } from "./top-frame.js";
import type { FrameShape } from "./v1/event-shape.js";

function marked(platform: string, ...frames: FrameShape[]): (boolean | null | undefined)[] {
  markInApp({ platform, exception: { values: [{ type: "E", stacktrace: { frames } }] } });
  return frames.map((frame) => frame.in_app);
}

const OWN: readonly [platform: string, frame: FrameShape][] = [
  ["python", { abs_path: "/app/shop/cart.py", filename: "shop/cart.py", module: "shop.cart" }],
  ["python", { abs_path: "/app/http/cart.py", filename: "http/cart.py", module: "http.cart" }],
  ["node", { filename: "/app/dist/cart.js" }],
  ["javascript", { filename: "/static/main.js", abs_path: "https://shop.example.com/static/main.js" }],
  ["javascript", { filename: "/src/runtime.js" }],
  ["java", { module: "com.shop.Cart" }],
  ["go", { module: "github.com/shop/api", abs_path: "/src/api/cart.go" }],
  ["go", { module: "main", function: "main" }],
  ["ruby", { abs_path: "/app/app/models/user.rb", filename: "app/models/user.rb" }],
  ["php", { filename: "/src/Cart.php", abs_path: "/var/www/html/src/Cart.php" }],
  ["csharp", { module: "Shop.Cart" }],
  ["rust", { function: "shop::cart::total" }],
  ["native", { function: "Cart::total(int)" }],
  ["cocoa", { function: "-[Cart total]" }],
  ["elixir", { module: "Shop.Cart", filename: "lib/shop/cart.ex" }],
  ["dart", { filename: "package:shop/cart.dart" }],
];

const FOREIGN: readonly [platform: string, frame: FrameShape][] = [
  ["python", { abs_path: "/v/lib/python3.12/site-packages/flask/app.py" }],
  ["python", { abs_path: "/usr/lib/python3/dist-packages/x.py" }],
  ["python", { abs_path: "/usr/lib/python3.12/json/decoder.py" }],
  ["python", { filename: "<frozen importlib._bootstrap>" }],
  ["python", { module: "django.core.handlers.base" }],
  ["node", { filename: "node:internal/process/task_queues" }],
  ["node", { filename: "/app/node_modules/express/lib/router.js" }],
  ["node", { filename: "internal/modules/cjs/loader.js" }],
  ["javascript", { filename: "<anonymous>" }],
  ["javascript", { filename: "[native code]" }],
  ["javascript", { filename: "moz-extension://abc/x.js" }],
  ["javascript", { filename: "safari-web-extension://abc/x.js" }],
  ["javascript", { abs_path: "https://www.googletagmanager.com/gtm.js" }],
  ["javascript", { abs_path: "https://cdn.jsdelivr.net/npm/vue" }],
  ["javascript", { filename: "/static/vendors~main.8f3a2b1c.js" }],
  ["javascript", { filename: "/static/polyfills-8f3a2b1c.js" }],
  ["javascript", { filename: "webpack://shop/webpack/bootstrap" }],
  ["javascript", { filename: "webpack:///./node_modules/react-dom/index.js" }],
  ["javascript", { filename: "/jquery-3.6.0.min.js" }],
  ["java", { module: "java.util.ArrayList" }],
  ["java", { module: "org.springframework.web.Servlet" }],
  ["java", { module: "kotlin.collections.CollectionsKt" }],
  ["java", { module: "android.os.Handler" }],
  ["go", { module: "runtime", abs_path: "/usr/local/go/src/runtime/panic.go" }],
  ["go", { module: "net/http" }],
  ["go", { abs_path: "/root/go/pkg/mod/github.com/x/y@v1.0.0/z.go" }],
  ["go", { abs_path: "/src/api/vendor/github.com/x/y/z.go" }],
  ["ruby", { abs_path: "/usr/local/bundle/gems/rack-3.0.8/lib/rack.rb" }],
  ["ruby", { filename: "<internal:kernel>" }],
  ["php", { abs_path: "/var/www/html/vendor/laravel/x.php" }],
  ["php", { filename: "[internal]" }],
  ["csharp", { module: "System.Linq.Enumerable" }],
  ["csharp", { module: "Microsoft.AspNetCore.Mvc" }],
  ["rust", { function: "core::panicking::panic_fmt" }],
  ["rust", { function: "shim", filename: "/rustc/9fc6b431/library/core/src/ops.rs" }],
  ["native", { function: "__libc_start_main" }],
  ["native", { function: "x", package: "/usr/lib/libfoo.so" }],
  ["native", { function: "x", package: "C:\\Windows\\System32\\ntdll.dll" }],
  ["cocoa", { function: "-[UIView layout]" }],
  ["elixir", { module: "gen_server", filename: "gen_server.erl" }],
  ["elixir", { filename: "deps/plug/lib/plug.ex", module: "Plug.Router" }],
  ["dart", { filename: "package:flutter/src/widgets.dart" }],
  ["perl", { filename: "/usr/share/perl5/Plack.pm" }],
];

describe("markInApp", () => {
  it.each(OWN)("calls a %s frame the application's: %j", (platform, frame) => {
    expect(marked(platform, { ...frame })).toEqual([true]);
  });

  it.each(FOREIGN)("calls a %s frame foreign: %j", (platform, frame) => {
    expect(marked(platform, { ...frame })).toEqual([false]);
  });

  it("believes an SDK that tells frames apart", () => {
    const django = { module: "django.x", in_app: true };
    expect(marked("python", django, { module: "shop.cart", in_app: false })).toEqual([true, false]);
  });

  it("checks an SDK that calls everything its own", () => {
    const frames = [
      { filename: "/vendor.js", in_app: true },
      { filename: "/main.js", in_app: true },
    ];
    expect(marked("javascript", ...frames)).toEqual([false, true]);
  });

  it("never believes that the Go module cache is the application", () => {
    const cached = { abs_path: "/root/go/pkg/mod/x@v1/y.go", in_app: true };
    expect(
      marked("go", cached, { module: "runtime", in_app: false }, { module: "main", in_app: true }),
    ).toEqual([false, false, true]);
  });

  it("follows the platform of the frame", () => {
    expect(
      marked("native", { module: "java.lang.X", platform: "java" }, { function: "Cart::total" }),
    ).toEqual([false, true]);
  });

  it("marks threads and the event's own stack", () => {
    const a: FrameShape = { module: "shop.a" };
    const b: FrameShape = { module: "django.b" };
    markInApp({
      platform: "python",
      threads: { values: [{ stacktrace: { frames: [a] } }] },
      stacktrace: { frames: [b] },
    });
    expect([a.in_app, b.in_app]).toEqual([true, false]);
  });
});

describe("topFrameOf", () => {
  const top = (platform: string, ...frames: FrameShape[]): string | null | undefined =>
    topFrameOf({ platform, exception: { values: [{ type: "E", stacktrace: { frames } }] } })?.function;

  it("is the innermost frame of the application", () => {
    expect(
      top("python", { module: "shop.a", function: "own" }, { module: "django.x", function: "foreign" }),
    ).toBe("own");
  });

  it("is the innermost that is no machinery when nothing is the application's", () => {
    expect(top("rust", { function: "tokio::park" }, { function: "core::panicking::panic" })).toBe(
      "tokio::park",
    );
  });

  it("is the innermost when there is nothing else", () => {
    expect(top("rust", { function: "std::panicking::a" }, { function: "core::panicking::panic" })).toBe(
      "core::panicking::panic",
    );
  });

  it("comes from a cause when the raised exception has no stack", () => {
    const cause = { type: "A", stacktrace: { frames: [{ module: "shop.a", function: "own" }] } };
    expect(topFrameOf({ platform: "python", exception: { values: [cause, { type: "B" }] } })?.function).toBe(
      "own",
    );
  });

  it("is absent without a stack", () => {
    expect(topFrameOf({ logentry: { formatted: "x" } })).toBeUndefined();
  });
});
