import { describe, expect, it } from "vitest";
import { normalisePath } from "./path.js";

const PATHS: readonly [path: string, normalised: string][] = [
  ["src/cart.ts", "src/cart.ts"],
  ["./src/cart.ts", "src/cart.ts"],
  ["../../src/cart.ts", "src/cart.ts"],
  ["webpack:///./src/cart.ts", "src/cart.ts"],
  ["webpack://shop/./src/cart.ts?8f3a", "src/cart.ts"],
  ["webpack-internal:///(rsc)/./src/cart.ts", "src/cart.ts"],
  ["app:///src/cart.ts", "src/cart.ts"],
  ["file:///home/ann/shop/src/cart.ts", "src/cart.ts"],
  ["/home/ann/shop/src/cart.ts", "src/cart.ts"],
  ["/Users/bob/work/shop/src/cart.ts", "src/cart.ts"],
  ["C:\\Users\\bob\\shop\\src\\cart.ts", "src/cart.ts"],
  ["/app/dist/cart.js", "dist/cart.js"],
  ["/usr/src/app/dist/cart.js", "dist/cart.js"],
  ["/var/task/dist/cart.js", "dist/cart.js"],
  ["/srv/shop/releases/20240506070809/dist/cart.js", "dist/cart.js"],
  ["/var/www/shop/current/app/models/user.rb", "app/models/user.rb"],
  ["/home/runner/work/shop/shop/src/lib.rs", "src/lib.rs"],
  ["/tmp/build-83j/src/lib.rs", "src/lib.rs"],
  ["/app/node_modules/express/lib/router.js", "express/lib/router.js"],
  ["/app/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router.js", "express/lib/router.js"],
  ["/app/.venv/lib/python3.12/site-packages/django/core/handlers.py", "django/core/handlers.py"],
  ["/usr/lib/python3.11/asyncio/runners.py", "asyncio/runners.py"],
  ["/usr/local/bundle/gems/rack-3.0.8/lib/rack/head.rb", "rack/lib/rack/head.rb"],
  ["/root/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go", "github.com/gin-gonic/gin/context.go"],
  ["/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde-1.0.1/src/de.rs", "serde/src/de.rs"],
  [
    "/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/panicking.rs",
    "library/std/src/panicking.rs",
  ],
  ["https://shop.example.com/static/js/main.8f3a2b1c.js", "static/js/main.js"],
  ["https://cdn2.example.com/static/js/main.8f3a2b1c.js?v=3", "static/js/main.js"],
  ["/static/js/main.8f3a2b1c.chunk.js", "static/js/main.js"],
  ["/static/js/12.8f3a2b1c.chunk.js", "static/js/<chunk>.js"],
  ["/assets/index-BxK9_d2Q.js", "assets/index.js"],
  ["/assets/index-DkQzRtWe.js", "assets/index.js"],
  ["/assets/chunk-2YQ5PXQB.js", "assets/<chunk>.js"],
  ["/_next/static/chunks/pages/_app-0a1b2c3d4e5f6a7b.js", "_next/static/chunks/pages/_app.js"],
  ["/_next/static/chunks/4bd1b696-0a1b2c3d4e5f6a7b.js", "_next/static/chunks/<chunk>.js"],
  ["/js/jquery-3.6.0.min.js", "js/jquery.js"],
  ["/js/user-Settings.js", "js/user-Settings.js"],
  ["/js/user-settings.js", "js/user-settings.js"],
  ["/assets/v1.2.3/app.js", "assets/app.js"],
  ["package:shop/cart.dart", "shop/cart.dart"],
  ["/srv/services/a/src/index.js", "services/a/src/index.js"],
  ["/home/ann/app/src/cart.js", "src/cart.js"],
  ["D:\\a\\shop\\shop\\src\\cart.cs", "src/cart.cs"],
  ["/orders/17/edit", "orders/edit"],
  ["https://shop.example.com/orders/17", "orders/<id>"],
  ["data:text/javascript;base64,AAAA", "<data>"],
  ["blob:https://shop.example.com/0f8fad5b-d9cb-469f-a165-70867728950e", "<blob>"],
  ["eval at run (https://x/y.js:1:2), <anonymous>", "<eval>"],
  ["VM123", "<eval>"],
  ["<ipython-input-3-abc>", "<notebook>"],
  ["/app/x.php(12) : eval()'d code", "x.php"],
  ["<anonymous>", "<anonymous>"],
  ["", ""],
];

describe("normalisePath", () => {
  it.each(PATHS)("takes from %j what machine and release put in", (path, normalised) => {
    expect(normalisePath(path)).toBe(normalised);
  });

  it("answers fast on hostile paths", () => {
    const start = performance.now();
    for (const part of ["/", "a/", "a.", "0-", "../", "a".repeat(9)]) normalisePath(part.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(200);
  });
});
