import { describe, expect, it } from "vitest";
import type { FrameShape, GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

/* Python, Ruby, PHP, Elixir, Perl, Dart: which events are one problem, and which are two. */

type Frames = readonly FrameShape[];
type Pair = readonly [why: string, platform: string, a: Frames, b: Frames];

function hashOf(platform: string, frames: Frames, type = "ValueError"): string | undefined {
  const event: GroupableEvent = {
    platform,
    exception: { values: [{ type, value: "x", stacktrace: { frames } }] },
  };
  return groupEventV1(event).hashes[0];
}

const py = (module: string, name: string, more: FrameShape = {}): FrameShape => ({
  module,
  function: name,
  filename: `${module.replaceAll(".", "/")}.py`,
  lineno: 1,
  in_app: true,
  ...more,
});
const library = (module: string, name: string): FrameShape => py(module, name, { in_app: false });
const at = (filename: string, name: string, more: FrameShape = {}): FrameShape => ({
  filename,
  function: name,
  ...more,
});

const TOGETHER: readonly Pair[] = [
  [
    "line numbers differ",
    "python",
    [py("shop.cart", "total", { lineno: 10 })],
    [py("shop.cart", "total", { lineno: 99 })],
  ],
  [
    "the framework's frames differ",
    "python",
    [library("django.core.handlers", "inner"), py("shop.views", "pay")],
    [library("django.core.handlers.base", "wrapped"), py("shop.views", "pay")],
  ],
  [
    "one runs under asyncio, one under uvloop",
    "python",
    [library("asyncio.runners", "run"), py("shop.jobs", "main")],
    [library("uvloop", "run"), py("shop.jobs", "main")],
  ],
  [
    "the installation lies elsewhere",
    "python",
    [at("/srv/a/lib/python3.11/site-packages/x/y.py", "f"), at("/home/ann/shop/app/cart.py", "total")],
    [at("/opt/b/lib/python3.12/site-packages/x/y.py", "f"), at("/home/bob/shop/app/cart.py", "total")],
  ],
  [
    "Python 3.12 inlines comprehensions",
    "python",
    [py("shop.cart", "total"), py("shop.cart", "<listcomp>")],
    [py("shop.cart", "total")],
  ],
  [
    "names are qualified since Python 3.11",
    "python",
    [py("shop.cart", "outer.<locals>.inner")],
    [py("shop.cart", "outer.inner")],
  ],
  [
    "recursion is deeper",
    "python",
    Array.from({ length: 3 }, () => py("shop.tree", "walk")),
    Array.from({ length: 90 }, () => py("shop.tree", "walk")),
  ],
  [
    "mutual recursion is deeper",
    "python",
    [py("t", "a"), py("t", "b"), py("t", "a"), py("t", "b")],
    [py("t", "b"), py("t", "a"), py("t", "b"), py("t", "a"), py("t", "b")],
  ],
  [
    "a script is run from another folder",
    "python",
    [py("__main__", "main", { filename: "/home/ann/jobs/run.py" })],
    [py("__main__", "main", { filename: "/home/bob/jobs/run.py" })],
  ],
  [
    "only library frames, other lines",
    "python",
    [library("redis.client", "get")],
    [py("redis.client", "get", { in_app: false, lineno: 7 })],
  ],
  [
    "the SDK's own wrapper is in the stack",
    "python",
    [library("sentry_sdk.integrations.wsgi", "run"), library("x.y", "z")],
    [library("x.y", "z")],
  ],
  [
    "lambdas with the same text",
    "python",
    [py("shop.cart", "<lambda>", { context_line: "  key=lambda i: i.price" })],
    [py("shop.cart", "<lambda>", { context_line: "key=lambda i: i.price" })],
  ],
  [
    "in_app is not told, library version differs",
    "python",
    [at("/v/lib/python3.11/site-packages/flask/app.py", "wsgi_app"), at("/app/shop/cart.py", "total")],
    [at("/v/lib/python3.11/site-packages/flask/sansio/app.py", "wsgi"), at("/app/shop/cart.py", "total")],
  ],
  [
    "every frame is called in-app",
    "python",
    [at("/v/site-packages/flask/a.py", "x", { in_app: true }), py("shop.cart", "total")],
    [at("/v/site-packages/flask/b.py", "y", { in_app: true }), py("shop.cart", "total")],
  ],

  [
    "gem versions differ",
    "ruby",
    [
      at("/b/gems/rack-3.0.8/lib/rack.rb", "call", { in_app: false }),
      at("app/models/user.rb", "save", { in_app: true }),
    ],
    [
      at("/b/gems/rack-3.1.0/lib/rack.rb", "call", { in_app: false }),
      at("app/models/user.rb", "save", { in_app: true }),
    ],
  ],
  [
    "Ruby 3.4 qualifies method names",
    "ruby",
    [at("app/models/user.rb", "save", { in_app: true })],
    [at("app/models/user.rb", "User#save", { in_app: true })],
  ],
  [
    "Ruby 3.4 qualifies names in blocks",
    "ruby",
    [at("app/models/user.rb", "block in save", { in_app: true })],
    [at("app/models/user.rb", "block in User#save", { in_app: true })],
  ],
  [
    "block levels differ",
    "ruby",
    [at("app/a.rb", "block (2 levels) in run", { in_app: true })],
    [at("app/a.rb", "block (3 levels) in run", { in_app: true })],
  ],
  [
    "compiled views have generated names",
    "ruby",
    [at("app/views/u.erb", "_app_views_u_erb__123_456", { in_app: true })],
    [at("app/views/u.erb", "_app_views_u_erb___99_88", { in_app: true })],
  ],
  [
    "the release folder differs",
    "ruby",
    [at("/srv/shop/releases/20240101000000/app/a.rb", "run")],
    [at("/srv/shop/releases/20250101000000/app/a.rb", "run")],
  ],

  [
    "vendor frames differ",
    "php",
    [
      at("/vendor/laravel/a.php", "x", { in_app: false }),
      at("/app/Http/Cart.php", "App\\Cart::total", { in_app: true }),
    ],
    [
      at("/vendor/laravel/b.php", "y", { in_app: false }),
      at("/app/Http/Cart.php", "App\\Cart::total", { in_app: true }),
    ],
  ],
  [
    "anonymous classes have generated names",
    "php",
    [at("/app/x.php", "class@anonymous\u0000/app/x.php:12$0::run", { in_app: true })],
    [at("/app/x.php", "class@anonymous\u0000/app/x.php:40$1f::run", { in_app: true })],
  ],
  [
    "PHP 8.4 puts lines into closures",
    "php",
    [at("/app/x.php", "{closure:App\\Cart::total():12}", { in_app: true })],
    [at("/app/x.php", "{closure:App\\Cart::total():19}", { in_app: true })],
  ],
  [
    "closures stand in namespaces",
    "php",
    [at("/app/x.php", "App\\Http\\{closure}", { in_app: true })],
    [at("/app/x.php", "{closure}", { in_app: true })],
  ],
  [
    "vendor is not told",
    "php",
    [at("/var/www/html/vendor/a/b.php", "x"), at("/var/www/html/src/Cart.php", "Cart::total")],
    [at("/var/www/html/vendor/c/d.php", "y"), at("/var/www/html/src/Cart.php", "Cart::total")],
  ],

  [
    "anonymous functions are numbered",
    "elixir",
    [at("lib/shop.ex", '"-total/2-fun-0-"', { module: "Shop", in_app: true })],
    [at("lib/shop.ex", '"-total/2-fun-3-"', { module: "Shop", in_app: true })],
  ],
  [
    "GenServer internals differ",
    "elixir",
    [
      at("gen_server.erl", "handle", { module: "gen_server" }),
      at("lib/shop.ex", "Shop.total/1", { module: "Shop" }),
    ],
    [
      at("proc_lib.erl", "init", { module: "proc_lib" }),
      at("lib/shop.ex", "Shop.total/1", { module: "Shop" }),
    ],
  ],
  [
    "async gaps differ",
    "dart",
    [at("", "<asynchronous suspension>"), at("package:shop/cart.dart", "Cart.total")],
    [at("package:shop/cart.dart", "Cart.total")],
  ],
  [
    "the Perl library folder differs",
    "perl",
    [at("/usr/share/perl5/Plack.pm", "run"), at("lib/Shop.pm", "Shop::total")],
    [at("/usr/lib/perl5/Plack/X.pm", "go"), at("lib/Shop.pm", "Shop::total")],
  ],
];

const APART: readonly Pair[] = [
  ["functions differ", "python", [py("shop.cart", "total")], [py("shop.cart", "add")]],
  ["modules differ", "python", [py("shop.cart", "run")], [py("shop.order", "run")]],
  ["classes differ", "python", [py("shop.cart", "Cart.run")], [py("shop.cart", "Order.run")]],
  [
    "the caller differs",
    "python",
    [py("shop.views", "pay"), py("shop.cart", "total")],
    [py("shop.views", "show"), py("shop.cart", "total")],
  ],
  [
    "lambdas with different text",
    "python",
    [py("shop.cart", "<lambda>", { context_line: "lambda i: i.price" })],
    [py("shop.cart", "<lambda>", { context_line: "lambda i: i.weight" })],
  ],
  [
    "scripts differ",
    "python",
    [py("__main__", "main", { filename: "/home/a/jobs/run.py" })],
    [py("__main__", "main", { filename: "/home/a/jobs/sync.py" })],
  ],
  [
    "library call differs and nothing is in-app",
    "python",
    [library("redis.client", "get")],
    [library("redis.client", "set")],
  ],
  [
    "methods differ",
    "ruby",
    [at("app/a.rb", "save", { in_app: true })],
    [at("app/a.rb", "load", { in_app: true })],
  ],
  [
    "files differ",
    "ruby",
    [at("app/models/a.rb", "save", { in_app: true })],
    [at("app/models/b.rb", "save", { in_app: true })],
  ],
  [
    "a block is not its method",
    "ruby",
    [at("app/a.rb", "block in save", { in_app: true })],
    [at("app/a.rb", "save", { in_app: true })],
  ],
  [
    "classes differ",
    "php",
    [at("/app/x.php", "App\\Cart::run", { in_app: true })],
    [at("/app/x.php", "App\\Order::run", { in_app: true })],
  ],
  [
    "closures of different functions (8.4)",
    "php",
    [at("/app/x.php", "{closure:App\\Cart::total():12}", { in_app: true })],
    [at("/app/x.php", "{closure:App\\Cart::add():12}", { in_app: true })],
  ],
  [
    "arities differ",
    "elixir",
    [at("lib/shop.ex", "Shop.total/1", { module: "Shop", in_app: true })],
    [at("lib/shop.ex", "Shop.total/2", { module: "Shop", in_app: true })],
  ],
  [
    "widgets differ",
    "dart",
    [at("package:shop/cart.dart", "Cart.build")],
    [at("package:shop/order.dart", "Order.build")],
  ],
];

describe("grouping of scripting languages", () => {
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

  it("parts events of different exception types", () => {
    const frames = [py("shop.cart", "total")];
    expect(hashOf("python", frames, "KeyError")).not.toBe(hashOf("python", frames, "ValueError"));
  });

  it("joins stack overflows whatever the function in which the stack ran full", () => {
    const cycle = [py("t", "a"), py("t", "b"), py("t", "c")];
    const many = Array.from({ length: 60 }, () => cycle).flat();
    const first = hashOf("python", [py("t", "start"), ...many, py("t", "leaf")], "RecursionError");
    expect(hashOf("python", [...many, py("t", "a")], "RecursionError")).toBe(first);
    expect(hashOf("python", [...many, py("t", "d"), py("t", "d")], "RecursionError")).not.toBe(first);
  });
});
