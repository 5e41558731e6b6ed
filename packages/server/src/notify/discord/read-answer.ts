import { isRecord } from "@vedette/protocol";
import type { HttpAnswer } from "../http/outgoing-client.js";
import type { MessageForm, Pause, Verdict } from "../port.js";

/** Discord's answer with the parts of its body that matter; `code` is 0 where there is none. */
interface DiscordAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly code: number;
  readonly headers: HttpAnswer["headers"];
}

/**
 * Sentences for answers after which no message will arrive until somebody changes the channel.
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
 */
const unusable: Readonly<Record<number, string>> = {
  10003:
    "Discord knows no channel with this id. Check the channel id; copy it with a right click on the channel.",
  10015: "Discord no longer knows this webhook: it was deleted. Create a new one and enter its address here.",
  50001:
    "The bot cannot see this channel. Give it the permission View Channel, and check that it is in the server.",
  50008: "This is not a channel for text messages. Choose a text or announcement channel.",
  50013: "The bot may not post in this channel. Give it the permissions Send Messages and Embed Links.",
  50027: "Discord refuses this webhook's token. Copy the webhook's address again and enter it here.",
  160_005: "The thread is locked, so nothing can be posted in it. Unlock it, or choose another channel.",
};

const formRefused = 50_035;
const emptyMessage = 50_006;
const titleNeeded = 220_001;
/** Slow mode, write limits, overload: Discord is there but does not want more now. */
const busy: ReadonlySet<number> = new Set([20_016, 20_022, 20_028, 40_062, 40_333, 130_000]);
const retryStatuses: ReadonlySet<number> = new Set([408, 425, 429]);
const fallbackWaitMs = 5_000;
/** Discord's windows and ours do not begin at the same instant. */
const marginMs = 50;

/** What Discord's answer to a message means. @param sender decides how a refused login is worded */
export function readAnswer(answer: HttpAnswer, form: MessageForm, sender: "webhook" | "bot"): Verdict {
  const read = parse(answer);
  if (read.status >= 200 && read.status < 300) return delivered(read);
  if (read.status === 429 || (busy.has(read.code) && read.body?.["retry_after"] !== undefined))
    return limited(read);
  if (read.status >= 500 || retryStatuses.has(read.status) || busy.has(read.code)) {
    return { kind: "retry", reason: `Discord could not take the message (${describe(read)}).` };
  }
  const lost = unusableReason(read, sender);
  if (lost !== null) return { kind: "unusable", reason: lost };
  return refused(read, form);
}

/** The sentence for an answer that says the destination itself is gone or closed; null for any other answer. */
export function readUnusable(answer: HttpAnswer, sender: "webhook" | "bot"): string | null {
  return unusableReason(parse(answer), sender);
}

/** The answer's JSON object; null when it is none. */
export function readBody(answer: HttpAnswer): Readonly<Record<string, unknown>> | null {
  return parse(answer).body;
}

/** `HTTP 503`, `HTTP 400, code 50035`: what may be shown of an answer. */
export function describeAnswer(answer: HttpAnswer): string {
  return describe(parse(answer));
}

function delivered(read: DiscordAnswer): Verdict {
  const id = read.body?.["id"];
  const pause = nextWindow(read.headers);
  return {
    kind: "delivered",
    reason: "Discord took the message.",
    messageId: typeof id === "string" ? id : null,
    ...(pause !== null && { pause }),
  };
}

/** Waits for the next window when this one has no call left, instead of running into a 429. */
function nextWindow(headers: HttpAnswer["headers"]): Pause | null {
  const resetAfter = Number(headers["x-ratelimit-reset-after"]);
  if (headers["x-ratelimit-remaining"] !== "0" || !(resetAfter > 0)) return null;
  return { ms: Math.ceil(resetAfter * 1000) + marginMs, scope: "destination" };
}

/** https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
function limited(read: DiscordAnswer): Verdict {
  const seconds = Number(read.body?.["retry_after"] ?? read.headers["retry-after"]);
  const waitMs = seconds > 0 && seconds < 86_400 ? Math.ceil(seconds * 1000) : fallbackWaitMs;
  const everywhere = read.body?.["global"] === true || read.headers["x-ratelimit-global"] === "true";
  return {
    kind: "retry",
    reason: `Discord asks to wait ${(waitMs / 1000).toFixed(1)} s (rate limit).`,
    pause: { ms: waitMs + marginMs, scope: everywhere ? "service" : "destination" },
  };
}

function refused(read: DiscordAnswer, form: MessageForm): Verdict {
  if (read.code === titleNeeded && form === "full") {
    return {
      kind: "reshape",
      form: "titled",
      reason: "The channel is a forum, so the message becomes a post with a title.",
    };
  }
  if ((read.code === formRefused || read.status === 413) && form !== "plain") {
    return {
      kind: "reshape",
      form: "plain",
      reason: `Discord refused the message's form${faultPlaces(read)}; a plain text follows.`,
    };
  }
  if (read.code === emptyMessage) {
    return { kind: "failed", reason: "Discord saw an empty message. This is a fault of Vedette." };
  }
  return { kind: "failed", reason: `Discord refused the message (${describe(read)}).` };
}

function unusableReason(read: DiscordAnswer, sender: "webhook" | "bot"): string | null {
  const known = unusable[read.code];
  if (known !== undefined && read.status >= 400) return known;
  // Without a body of Discord's it may be something on the way that answers.
  if (read.body === null) return null;
  if (read.status === 404 && read.code === 0) {
    return sender === "webhook"
      ? "Discord does not know this webhook's address. Copy it again and enter it here."
      : "Discord does not know this channel. Check the channel id.";
  }
  if (read.status !== 401) return null;
  return sender === "webhook"
    ? "Discord refuses this webhook's token. Copy the webhook's address again and enter it here."
    : "Discord refuses the bot's token. Reset it in the developer portal and enter the new one here.";
}

function parse(answer: HttpAnswer): DiscordAnswer {
  const body = parseJson(answer.body);
  const code = body?.["code"];
  return { status: answer.status, headers: answer.headers, body, code: typeof code === "number" ? code : 0 };
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    // A page of something between us and Discord.
    return null;
  }
}

function describe({ status, code }: DiscordAnswer): string {
  return code === 0 ? `HTTP ${status}` : `HTTP ${status}, code ${code}`;
}

/** The places of the faults, such as `embeds.0.fields.2.value`; never the values. */
function faultPlaces(read: DiscordAnswer): string {
  const places = leaves(read.body?.["errors"], "").slice(0, 3);
  return places.length === 0 ? "" : ` (${places.join(", ")})`;
}

function leaves(node: unknown, at: string): readonly string[] {
  if (!isRecord(node) || at.length > 100) return [];
  if ("_errors" in node) return [at || "message"];
  return Object.entries(node)
    .filter(([key]) => /^\w{1,30}$/.test(key))
    .flatMap(([key, child]) => leaves(child, at === "" ? key : `${at}.${key}`));
}
