import type { Clock } from "../../shared/clock.js";
import type { Log } from "../../shared/log.js";
import type { Meta } from "../../store/meta/schema.js";
import { recordOutcome, type Outcome } from "../outbox/record-outcome.js";
import { retryDelayMs } from "./retry-delay.js";
import type { Ending, Judged } from "./stage.js";

interface RememberPorts {
  readonly meta: Meta;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
}

const tries = 5;
const betweenTriesMs = 500;

/**
 * The last stage: writes down how the turn ended. It insists for a while when the database does not answer, since what
 * was sent and is not remembered would be sent again.
 */
export function rememberStage(ports: RememberPorts) {
  return async function remember(ending: Ending): Promise<void> {
    const outcome = outcomeOf(ending, ports);
    if (outcome === null) return;
    logOutcome(ports.log, outcome);
    for (let attempt = 1; ; attempt++) {
      try {
        await recordOutcome(ports.meta, outcome, ports.clock.now());
        return;
      } catch (error) {
        if (attempt === tries) throw error;
        ports.log.warn(
          { err: error, notification: outcome.notification.id },
          "the outcome cannot be written yet",
        );
        await ports.clock.sleep(betweenTriesMs);
      }
    }
  };
}

function outcomeOf(ending: Ending, ports: RememberPorts): Outcome | null {
  if (ending.kind === "sent") return outcomeOfAttempt(ending.attempt, ports);
  if (ending.kind !== "hopeless") return null;
  return {
    notification: ending.notification,
    channel: ending.blame === "message" ? null : ending.blame.channel,
    attempt: null,
    state: "failed",
    reason: ending.reason,
    nextAttemptAt: 0,
    messageId: null,
    disableChannel: ending.blame !== "message",
  };
}

function outcomeOfAttempt(attempt: Judged, ports: RememberPorts): Outcome {
  const { notification, channel, verdict, result } = attempt;
  const nowMs = ports.clock.now();
  const next = nextAttempt(attempt, { nowMs, random: ports.random() });
  const reason = next === "given up" ? `Given up after 24 hours. ${verdict.reason}` : verdict.reason;
  const state = verdict.kind === "delivered" ? "delivered" : typeof next === "number" ? "pending" : "failed";
  return {
    notification,
    channel,
    attempt: {
      at: attempt.sentAt,
      outcome: state === "pending" ? "retry" : state,
      httpStatus: result.kind === "answer" ? result.answer.status : null,
      reason,
      durationMs: attempt.durationMs,
    },
    state,
    reason,
    nextAttemptAt: typeof next === "number" ? next : 0,
    messageId: verdict.kind === "delivered" ? verdict.messageId : null,
    disableChannel: verdict.kind === "unusable",
  };
}

/** When to try again, milliseconds since 1970; a word when never. */
function nextAttempt(
  { verdict, notification }: Judged,
  { nowMs, random }: { readonly nowMs: number; readonly random: number },
): number | "given up" | "never" {
  if (verdict.kind === "reshape") return nowMs;
  if (verdict.kind !== "retry") return "never";
  const delayMs = retryDelayMs(notification.attempts, nowMs - notification.created_at, random);
  if (delayMs === null) return "given up";
  return nowMs + (verdict.pause?.ms ?? delayMs);
}

function logOutcome(log: Log, outcome: Outcome): void {
  const { notification, state, reason, disableChannel } = outcome;
  const fields = {
    notification: notification.id,
    channel: notification.channel_id,
    attempts: notification.attempts,
    reason,
  };
  if (state === "delivered") log.debug(fields, "a notification was delivered");
  else if (state === "pending") log.info(fields, "a notification will be tried again");
  else log.warn(fields, disableChannel ? "a channel was disabled" : "a notification failed");
}
