import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { waitFor } from "./support/wait-for.js";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("npm start", () => {
  it("prints address, DSN and a one-time password, and hands SIGTERM on to the server", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "vedette-start-"));
    const npm = spawn("npm", ["start"], {
      cwd: root,
      env: { ...process.env, VEDETTE_DATA_DIR: dataDir, VEDETTE_PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    npm.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    const banner = await waitFor("the banner", async () => text.includes("Password") && text, 60_000);
    const address = /Pages\s+(\S+)/.exec(banner)?.[1] ?? "";
    expect(banner).toMatch(/DSN\s+http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/1\n/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    npm.kill("SIGTERM");
    const [code] = (await once(npm, "exit")) as [number | null];
    expect(code).toBe(0);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow("fetch failed");
    await rm(dataDir, { recursive: true, force: true });
  });
});
