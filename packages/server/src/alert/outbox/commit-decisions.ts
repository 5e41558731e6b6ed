import { consumerName } from "../change-log.js";
import type { Decision } from "../decide-batch.js";
import type { Meta } from "../../store/port.js";
import { Letters } from "./consolidate.js";
import type { Letter } from "./consolidate.js";
import { notificationPayload } from "./notification-payload.js";
import { recordHeldBack } from "./record-held-back.js";

/** What a batch comes to. */
export interface DecidedBatch {
  /** Position before and after. */
  readonly after: number;
  readonly upTo: number;
  readonly decisions: readonly Decision[];
  /** Distinct users by issue id, for the issues that fired; absent when not counted. */
  readonly users: ReadonlyMap<number, number>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Everything a batch of changes leads to, in one transaction with alert's position: either all of it happened or the
 * batch is decided again. The unique key of a notification (rule, issue, change, channel) is a second lock on the door.
 *
 * @returns how many notifications went into the outbox
 * @throws Error when another worker moved the position in between; nothing is written then
 */
export async function commitDecisions(meta: Meta, batch: DecidedBatch): Promise<number> {
  return meta.transaction().execute(async (trx) => {
    await movePosition(trx, batch);
    const fired = batch.decisions.filter(({ verdict }) => verdict.outcome === "fired");
    const channels = await readChannels(trx, fired);
    const letters = new Letters();
    for (const decision of fired) await fire(trx, decision, { batch, channels, letters });
    let notifications = 0;
    for (const letter of letters.all()) notifications += await append(trx, letter, batch.now);
    if (fired.length > 0) await markRules(trx, fired, batch.now);
    await recordHeldBack(
      trx,
      batch.decisions.filter(({ verdict }) => verdict.outcome !== "fired"),
      batch.now,
    );
    return notifications;
  });
}

async function movePosition(trx: Meta, { after, upTo, now }: DecidedBatch): Promise<void> {
  const result = await trx
    .updateTable("consumer")
    .set({ position: upTo, updated_at: now })
    .where("name", "=", consumerName)
    .where("position", "=", after)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) {
    throw new Error(`another worker reads the change log: position ${after} has moved`);
  }
}

/** Channel ids by organisation and name. */
type ChannelBook = ReadonlyMap<string, number>;

async function readChannels(trx: Meta, fired: readonly Decision[]): Promise<ChannelBook> {
  const organizations = [...new Set(fired.map(({ rule }) => rule.organizationId))];
  if (organizations.length === 0) return new Map();
  const rows = await trx
    .selectFrom("channel")
    .select(["id", "organization_id", "name"])
    .where("organization_id", "in", organizations)
    .execute();
  return new Map(rows.map((row) => [`${row.organization_id}/${row.name}`, row.id]));
}

/** Writes the firing down and puts what it has to say among the batch's letters. */
async function fire(
  trx: Meta,
  decision: Decision,
  { batch, channels, letters }: { batch: DecidedBatch; channels: ChannelBook; letters: Letters },
): Promise<void> {
  const { rule, issue, verdict } = decision;
  const { now } = batch;
  const channelOf = (name: string) => channels.get(`${rule.organizationId}/${name}`);
  const unknown = rule.definition.notify
    .map(({ channel }) => channel)
    .filter((name) => channelOf(name) === undefined);
  const data = { trace: verdict.trace, changeId: verdict.change.id, unknownChannels: unknown };
  const history = await trx
    .insertInto("rule_history")
    .values({
      rule_id: rule.id,
      issue_id: issue.facts.id,
      event_id: verdict.event?.eventId ?? null,
      at: now,
      outcome: "fired",
      reason: reasonOf(verdict.reason, unknown),
      data: JSON.stringify(data),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await rememberFiring(trx, decision, now);
  const users = batch.users.get(issue.facts.id) ?? null;
  const owners: number[] = [];
  for (const target of rule.definition.notify) {
    const channelId = channelOf(target.channel);
    if (channelId === undefined) continue;
    const payload = notificationPayload(decision, target, { users, now });
    const owner = letters.add({ channelId, decision, historyId: history.id, payload });
    if (owner !== null) owners.push(owner);
  }
  if (owners.length === 0) return;
  // The history of a rule that joined another's message names it, so that its delivery is shown there too.
  await trx
    .updateTable("rule_history")
    .set({ data: JSON.stringify({ ...data, toldWith: owners }) })
    .where("id", "=", history.id)
    .execute();
}

function reasonOf(reason: string, unknownChannels: readonly string[]): string {
  return unknownChannels.length === 0
    ? reason
    : `${reason}; no channel is called ${unknownChannels.join(", ")}`;
}

/** What the interval is measured from, and what a person reads in the issue's activity. */
async function rememberFiring(trx: Meta, { rule, issue, verdict }: Decision, now: number): Promise<void> {
  await trx
    .insertInto("rule_state")
    .values({ rule_id: rule.id, issue_id: issue.facts.id, last_fired_at: now })
    .onConflict((conflict) => conflict.columns(["rule_id", "issue_id"]).doUpdateSet({ last_fired_at: now }))
    .execute();
  await trx
    .insertInto("issue_activity")
    .values({
      issue_id: issue.facts.id,
      kind: "alert",
      user_id: null,
      at: now,
      data: JSON.stringify({ ruleId: rule.id, rule: rule.name, reason: verdict.reason }),
    })
    .execute();
}

async function append(trx: Meta, letter: Letter, now: number): Promise<number> {
  const { rule, project, issue, verdict } = letter.decision;
  const result = await trx
    .insertInto("notification")
    .values({
      dedupe_key: `rule:${rule.id}/issue:${issue.facts.id}/change:${verdict.change.id}/channel:${letter.channelId}`,
      organization_id: rule.organizationId,
      channel_id: letter.channelId,
      rule_id: rule.id,
      rule_history_id: letter.historyId,
      project_id: project.id,
      issue_id: issue.facts.id,
      event_id: verdict.event?.eventId ?? null,
      kind: "issue_alert",
      payload: JSON.stringify(letter.payload),
      state: "pending",
      attempts: 0,
      next_attempt_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

async function markRules(trx: Meta, fired: readonly Decision[], now: number): Promise<void> {
  await trx
    .updateTable("rule")
    .set({ last_fired_at: now })
    .where("id", "in", [...new Set(fired.map(({ rule }) => rule.id))])
    .execute();
}
