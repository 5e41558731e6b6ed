import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { clientsFolder } from "./run-scenario.js";

/** A page on an origin of its own, so that its SDK sends across origins as in real life. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles browser/page.js and serves it with its page. Rejects when it cannot be bundled. */
export async function servePage(): Promise<PageServer> {
  const script = await bundle(join(clientsFolder, "browser", "page.js"));
  const page = await readFile(join(clientsFolder, "browser", "page.html"), "utf8");
  const http = createServer(({ url = "/" }, response) => {
    const isScript = url.startsWith("/page.js");
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script : page);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ input: entry, platform: "browser", logLevel: "silent" });
  const { output } = await build.generate({ format: "iife" });
  await build.close();
  return output[0].code;
}
