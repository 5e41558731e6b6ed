import type { Selectable } from "kysely";
import { shortIdOf } from "../../domain/issue.js";
import type { RuleHistoryTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";
import { isoTime } from "../http/iso-time.js";

/** A row of `rule_history` with the rule's name. */
export type HistoryRow = Selectable<RuleHistoryTable> & { readonly rule_name: string };

/** What rules did, newest first, each with the messages that came of it. Issues that are gone are null. */
export async function historyJson(meta: Meta, rows: readonly HistoryRow[]) {
  const issues = await readIssues(meta, rows);
  const notifications = await readNotifications(meta, rows);
  return rows.map((row) => ({
    id: String(row.id),
    dateCreated: isoTime(row.at),
    outcome: row.outcome,
    reason: row.reason,
    ...countOf(row.data),
    rule: { id: String(row.rule_id), name: row.rule_name },
    issue: (row.issue_id === null ? undefined : issues.get(row.issue_id)) ?? null,
    eventId: row.event_id,
    notifications: notifications.get(row.id) ?? [],
  }));
}

/** How many matches a row stands for, where matches were held back. */
export function countOf(data: string): { count?: number } {
  const { count } = JSON.parse(data) as { count?: unknown };
  return typeof count === "number" ? { count } : {};
}

async function readIssues(meta: Meta, rows: readonly HistoryRow[]) {
  const ids = [...new Set(rows.map((row) => row.issue_id))].filter((id) => id !== null);
  if (ids.length === 0) return new Map<number, { id: string; shortId: string; title: string }>();
  const found = await meta
    .selectFrom("issue")
    .innerJoin("project", "project.id", "issue.project_id")
    .select(["issue.id", "issue.short_id", "issue.title", "project.slug"])
    .where("issue.id", "in", ids)
    .execute();
  return new Map(
    found.map((issue) => [
      issue.id,
      { id: String(issue.id), shortId: shortIdOf(issue.slug, issue.short_id), title: issue.title },
    ]),
  );
}

type NotificationJson = Awaited<ReturnType<typeof readRows>>[number]["json"];

async function readNotifications(meta: Meta, rows: readonly HistoryRow[]) {
  const byHistory = new Map<number, NotificationJson[]>();
  if (rows.length === 0) return byHistory;
  const owners = new Map(rows.map((row) => [row.id, [row.id, ...toldWith(row.data)]]));
  const byOwner = new Map<number, NotificationJson[]>();
  for (const { historyId, json } of await readRows(meta, [...new Set([...owners.values()].flat())])) {
    byOwner.set(historyId, [...(byOwner.get(historyId) ?? []), json]);
  }
  for (const [id, ids] of owners)
    byHistory.set(
      id,
      ids.flatMap((owner) => byOwner.get(owner) ?? []),
    );
  return byHistory;
}

/** Histories whose messages told of this firing too (alert/outbox/consolidate.ts). */
function toldWith(data: string): readonly number[] {
  const { toldWith: ids } = JSON.parse(data) as { toldWith?: unknown };
  return Array.isArray(ids) ? ids.filter((id): id is number => typeof id === "number") : [];
}

async function readRows(meta: Meta, historyIds: readonly number[]) {
  const found = await meta
    .selectFrom("notification")
    .leftJoin("channel", "channel.id", "notification.channel_id")
    .select(["notification.id", "rule_history_id", "channel_id", "state", "attempts", "last_error"])
    .select(["delivered_at", "channel.name as channel_name"])
    .where("rule_history_id", "in", historyIds)
    .orderBy("notification.id")
    .execute();
  return found.map((row) => ({
    historyId: row.rule_history_id ?? 0,
    json: {
      id: String(row.id),
      channel: { id: String(row.channel_id), name: row.channel_name ?? "(deleted)" },
      state: row.state,
      attempts: row.attempts,
      lastError: row.last_error,
      deliveredAt: isoTime(row.delivered_at),
    },
  }));
}
