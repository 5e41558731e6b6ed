import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { appendTest } from "./append-test.js";
import type { QueuedTest } from "./append-test.js";
import { findChannel } from "./find-channel.js";
import { samplePayload } from "./sample-payload.js";
import { readSampleProject } from "./sample-project.js";
import { recordAudit } from "../audit.js";

const shownTags = ["environment", "level", "transaction"];

/** Sends a marked test message to one channel, without mentioning anybody (S0.7). @throws AppError not_found */
export async function testChannel(ports: AlertPorts, actor: Actor, idOrName: string): Promise<QueuedTest> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const channel = await findChannel(trx, actor.organizationId, idOrName);
    const payload = samplePayload({
      rule: { id: null, name: `Test of the channel ${channel.name}` },
      ...(await readSampleProject(trx, actor.organizationId, ["*"])),
      target: { tags: shownTags },
      reason: "test notification",
      now,
    });
    const queued = await appendTest(trx, { actor, channel, payload, rule: null });
    await recordAudit(trx, actor, { action: "channel.test", target: channel.name, at: now });
    return queued;
  });
}
