import { readFile } from "node:fs/promises";
import { startDiscordSandbox } from "@vedette/discord-sandbox";
import type { DiscordSandbox } from "@vedette/discord-sandbox";
import { Server, publicKey, token } from "../../support/server.js";
import { Wire } from "./wire.js";

/** A server, a stand-in for Discord and a tapped wire between client and server: one per test file. */
export interface Stage {
  readonly server: Server;
  readonly discord: DiscordSandbox;
  readonly wire: Wire;
  /** The first project's address, through the wire. */
  readonly dsn: string;
  close(): Promise<void>;
}

/** Starts everything and applies alerts.yaml. */
export async function openStage(): Promise<Stage> {
  const discord = await startDiscordSandbox({ channels: ["payments", "on-call"] });
  const server = await Server.start({ environment: { VEDETTE_DISCORD_API: `${discord.url}/api` } });
  const wire = await Wire.open(server.url);
  const stage = {
    server,
    discord,
    wire,
    dsn: wire.dsnOf(publicKey, 1),
    close: async () => {
      await wire.close();
      await server.stop();
      await discord.stop();
    },
  };
  await applyAlerts(stage);
  return stage;
}

async function applyAlerts({ server, discord }: Stage): Promise<void> {
  const file = await readFile(new URL("alerts.yaml", import.meta.url), "utf8");
  const body = file
    .replace("${PAYMENTS_WEBHOOK}", discord.channel("payments").webhookUrl ?? "")
    .replace("${ON_CALL_WEBHOOK}", discord.channel("on-call").webhookUrl ?? "");
  const answer = await fetch(`${server.url}/api/0/organizations/default/alerts/apply/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "text/yaml" },
    body,
  });
  if (!answer.ok) throw new Error(`the alerts are not applied: ${answer.status} ${await answer.text()}`);
}
