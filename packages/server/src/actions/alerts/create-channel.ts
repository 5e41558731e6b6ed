import { AppError } from "../../shared/app-error.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { channelInputSchema, channelParts, channelProblem, secretHintOf } from "./channel-input.js";
import { describeIssues } from "./describe-issues.js";
import type { ChannelRow } from "./find-channel.js";
import { InvalidDocument } from "./invalid-document.js";
import { insertChannel } from "./store-channel.js";
import { recordAudit } from "../audit.js";

/**
 * Adds a channel; its webhook address or token is kept encrypted (S0.12).
 *
 * @param input what `channelInputSchema` describes, when it is right
 * @throws InvalidDocument naming the wrong fields; AppError conflict when the name is taken
 */
export async function createChannel(ports: AlertPorts, actor: Actor, input: unknown): Promise<ChannelRow> {
  const parsed = channelInputSchema.safeParse(input);
  if (!parsed.success) throw new InvalidDocument(describeIssues(parsed.error.issues));
  const { name } = parsed.data;
  const parts = channelParts(parsed.data);
  const problem = channelProblem(parts, ports.alertChecks);
  if (problem) throw new InvalidDocument([{ path: problem.field, message: problem.message }]);
  return ports.meta.transaction().execute(async (trx) => {
    const taken = await trx
      .selectFrom("channel")
      .select("id")
      .where("organization_id", "=", actor.organizationId)
      .where("name", "=", name)
      .executeTakeFirst();
    if (taken) throw new AppError("conflict", `A channel called "${name}" exists already.`);
    const row = await insertChannel(trx, ports, { actor, name, parts, origin: "api" });
    const data = { type: parts.type, config: parts.config, secretHint: secretHintOf(parts.secrets) };
    await recordAudit(trx, actor, { action: "channel.create", target: name, data, at: ports.now() });
    return row;
  });
}
