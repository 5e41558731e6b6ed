import { randomBytes } from "node:crypto";
import { SecretBox } from "../../../shared/secret-box.js";
import { openMeta } from "../../../store/meta/connect.js";
import type { MetaKind } from "../../../store/meta/meta.test-suite.js";
import { bootstrap } from "../../bootstrap.js";
import type { AlertPorts } from "../alert-ports.js";

/** A fresh meta store with the organisation `default` (1) and its project `default`. */
export async function makeAlertPorts(kind: MetaKind) {
  const place = await kind.makePlace();
  const handle = await openMeta(place.target);
  let nowMs = 1_790_000_000_000;
  const ports: AlertPorts = {
    meta: handle.db,
    secrets: new SecretBox([randomBytes(32)]),
    now: () => nowMs++,
  };
  const accounts = { find: async () => "u1", create: async () => "u1" };
  const presets = { adminEmail: null, adminPassword: null, publicKey: null, token: null };
  await bootstrap({ meta: handle.db, accounts, now: ports.now }, presets);
  return {
    ports,
    actor: { organizationId: 1, userId: null },
    dispose: async () => {
      await handle.close();
      await place.remove();
    },
  };
}

/** Everything stored, as one text: to look for secrets in it. */
export async function dump({ meta }: Pick<AlertPorts, "meta">): Promise<string> {
  const tables = ["rule", "channel", "audit", "setting", "notification", "rule_history", "project"] as const;
  const rows = await Promise.all(tables.map((table) => meta.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

export const webhookToken = "tOkEn_0123456789abcdefghij";
export const webhookUrl = `https://discord.com/api/webhooks/123456789012345678/${webhookToken}`;

/** A small whole file, as plain values. */
export function sampleFile() {
  return {
    version: 1,
    projects: [{ slug: "checkout", platform: "node" }],
    channels: [{ name: "critical", type: "discord", webhookUrl }],
    rules: [
      {
        name: "Critical errors",
        project: "checkout",
        environment: "production",
        when: ["first_seen", "regression"] as unknown[],
        if: [{ level: ["error", "fatal"] }] as unknown[],
        notify: [{ channel: "critical", tags: ["environment"], mention: "@here" }],
        interval: "1h",
      },
    ],
    monitors: [
      {
        name: "Slow pages",
        project: "checkout",
        measure: "p95(transaction.duration)",
        critical: "> 5000ms",
        notify: [{ channel: "critical" }],
      },
    ],
  };
}
