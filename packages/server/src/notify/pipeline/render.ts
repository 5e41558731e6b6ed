import { createHash } from "node:crypto";
import { isRecord } from "@vedette/protocol";
import type { NotificationPayload } from "../../domain/notification.js";
import type { Log } from "../../shared/log.js";
import type { EventStore } from "../../store/events/port.js";
import { loadExcerpt } from "../event/load-excerpt.js";
import type { NotificationRow } from "../outbox/rows.js";
import type { Message, MessageLinks } from "../port.js";
import { end, next, type OpenChannel, type Rendered, type Stage } from "./stage.js";

/** Puts together what the message says: the notification, what the event adds, and where its links lead. */
export function renderStage(ports: {
  readonly events: Pick<EventStore, "query">;
  readonly log: Log;
  readonly publicUrl: string;
}): Stage<OpenChannel, Rendered> {
  return async function render(work) {
    const payload = readPayload(work.notification.payload);
    if (payload === null) {
      const reason = "The notification cannot be read. This is a fault of Vedette.";
      return end({ kind: "hopeless", notification: work.notification, reason, blame: "message" });
    }
    const message: Message = {
      payload,
      excerpt: await loadExcerpt(ports, payload),
      links: linksOf(payload, ports.publicUrl),
      idempotencyKey: idempotencyKey(work.notification),
    };
    return next({ ...work, message, form: "full" });
  };
}

/** Written by alert and by the API of this program, so only what would break the message is looked at. */
function readPayload(json: string): NotificationPayload | null {
  try {
    const value: unknown = JSON.parse(json);
    const isWhole =
      isRecord(value) &&
      isRecord(value["rule"]) &&
      isRecord(value["project"]) &&
      Array.isArray(value["tagKeys"]);
    return isWhole ? (value as unknown as NotificationPayload) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function linksOf(payload: NotificationPayload, publicUrl: string): MessageLinks {
  const base = publicUrl.replace(/\/+$/, "");
  const { issue, organization, rule } = payload;
  const page = issue === null ? `${base}/` : `${base}/organizations/${organization.slug}/issues/${issue.id}/`;
  return { page, runbook: rule.runbook ?? null };
}

/** Two servers may share a bot and count their notifications alike, so the id alone is not enough. */
function idempotencyKey({ id, dedupe_key: dedupeKey, created_at: createdAt }: NotificationRow): string {
  return createHash("sha256").update(`${id}\n${createdAt}\n${dedupeKey}`).digest("hex").slice(0, 24);
}
