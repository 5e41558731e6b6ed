import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "./support/wait-for.js";

const root = fileURLToPath(new URL("..", import.meta.url));
let demo: ChildProcess;
let discord = "";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

beforeAll(async () => {
  const [port, discordPort] = [await freePort(), await freePort()];
  discord = `http://127.0.0.1:${discordPort}`;
  demo = spawn(
    process.execPath,
    ["scripts/demo.mjs", "--port", String(port), "--discord-port", String(discordPort)],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
});

afterAll(() => {
  if (demo.exitCode === null) demo.kill("SIGKILL");
});

interface Message {
  channelName: string;
  content: string;
  embeds: { title?: string }[];
}

describe("npm run demo", () => {
  it("leaves messages in all three channels within a minute", async () => {
    const messages = await waitFor(
      "messages in all three channels",
      async () => {
        const answer = await fetch(`${discord}/messages`);
        const list = (await answer.json()) as Message[];
        const channels = new Set(list.map(({ channelName }) => channelName));
        return channels.size === 3 && list;
      },
      60_000,
    );
    const critical = messages.filter(({ channelName }) => channelName === "sentry-critical");
    expect(critical.every(({ content }) => content.includes("@here"))).toBe(true);
    const titles = messages.map(({ embeds }) => embeds[0]?.title ?? "");
    expect(titles.some((title) => title.includes("Search took"))).toBe(true);
  });

  it("stops everything on SIGTERM", async () => {
    demo.kill("SIGTERM");
    const [code] = (await once(demo, "exit")) as [number | null];
    expect(code).toBe(0);
    await expect(fetch(`${discord}/messages`)).rejects.toThrow("fetch failed");
  });
});
