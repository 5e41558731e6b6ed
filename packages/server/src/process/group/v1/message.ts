import { cleanText } from "./digest.js";
import type { LogEntryShape } from "./event-shape.js";

/** Read this much of a message; a template is cut to its first 300 characters. */
const MAX_MESSAGE_CHARS = 2_000;
const MAX_TEMPLATE_CHARS = 300;

/** What follows these words in quotes is a name in the program or the schema, not a value. */
const NAMED =
  "reading|setting|evaluating|attribute|module|named|property|column|relation|table|function|method|class|constraint|index|field|variable|argument|parameter|import|export|package|option|flag|event|service|schema|database|role|extension|trigger|template|filter|tag|component|hook|route|view|signal|command|task|queue|topic|exchange";

/*
 * One pass, first alternative wins; each is linear. Order matters: what may contain another comes first.
 * The groups' names are the placeholders.
 */
const VALUES = new RegExp(
  [
    String.raw`(?<keep>\b(?:${NAMED})s? (?:'[\w.$:/@-]{1,80}'|"[\w.$:/@-]{1,80}")|(?:\bHTTP(?:\/[\d.]+)?|\b[Ss]tatus(?: [Cc]ode)?)(?:[:= ]{1,2})[1-5]\d\d(?!\d))`,
    String.raw`(?<url>\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>\x60)\]}]+)`,
    String.raw`(?<email>(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})`,
    String.raw`(?<uuid>(?<![0-9A-Za-z])[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}(?![0-9A-Za-z]))`,
    String.raw`(?<date>(?<!\d)\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w]))?)?(?!\d)|(?<!\d)\d{1,2}[/.]\d{1,2}[/.]\d{4}(?:,? \d\d?:\d\d(?::\d\d)?)?(?!\d)|\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},? \d{1,4}(?:,? \d{4})?(?: \d\d:\d\d(?::\d\d)?)?(?: (?:GMT|UTC)(?:[+-]\d{4})?)?)`,
    String.raw`(?<time>(?<![\d:.])\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?(?![\d:]))`,
    String.raw`(?<ip>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|\/\d\d?)?(?![\w.]*\d)|(?<![\w:])\[?(?:[0-9a-fA-F]{1,4}:){3,7}(?::?[0-9a-fA-F]{1,4}){1,4}\]?(?::\d{1,5})?(?![\w:])|(?<![\w:])(?:::1|fe80:[0-9a-fA-F:]{2,})(?![\w:]))`,
    String.raw`(?<quoted>(?<!\w)'[^'\n]{0,500}'(?!\w)|"(?:[^"\\\n]|\\.){0,500}")`,
    String.raw`(?<path>(?<![\w.])(?:\/private)?\/(?:tmp|var\/folders|var\/tmp|proc)\/[^\s"'<>:,;)]+|\b[A-Za-z]:\\(?:Users|Temp|Windows\\Temp)\\[^\s"'<>:,;)]+|(?<![\w.])\/(?:home|Users)\/[^/\s"'<>:,;)]+)`,
    String.raw`(?<hex>\b0x[0-9a-fA-F]+\b|(?<![0-9A-Za-z])(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{6,128}(?![0-9A-Za-z]))`,
    String.raw`(?<duration>(?<![\w.])-?\d+(?:[.,]\d+)? ?(?:ns|us|µs|ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|milliseconds?|microseconds?|nanoseconds?)(?![A-Za-z0-9]))`,
    String.raw`(?<size>(?<![\w.])\d+(?:[.,]\d+)? ?(?:[KMGTkmgt]i?B|[Bb]ytes?|[KMGT]i?|B)(?![A-Za-z0-9]))`,
    String.raw`(?<blob>(?<![A-Za-z0-9+/=_.-])(?:eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){1,2}|(?=[A-Za-z+]{0,200}\d)(?=[a-z0-9+]{0,200}[A-Z])[A-Za-z0-9+]{32,}={0,2}))`,
    String.raw`(?<id>(?<![A-Za-z0-9])(?=[A-Za-z]{0,40}\d{1,40}[A-Za-z]{1,40}\d)[A-Za-z0-9]{8,}(?![A-Za-z0-9]))`,
    String.raw`(?<number>(?<![A-Za-z0-9])[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?%?(?![A-Za-z0-9])|(?<=[A-Za-z])\d{4,}(?![A-Za-z0-9]))`,
  ].join("|"),
  "g",
);

/** Nothing to replace without one of these. */
const MAY_HOLD_VALUE = /[\d'"@]|:\/\/|\/(?:tmp|home|Users)\//;

/** Lists of values differ in length too. */
const REPEATED = /(<[a-z]+>)(?:, ?\1)+/g;

/**
 * The message with everything that varies replaced by a placeholder such as `<number>` or `<url api.example.com>`.
 * Only the first two lines that hold text are read. Names of code in quotes (`reading 'items'`) and HTTP statuses
 * stay, since they tell problems apart.
 */
export function templateOf(message: string): string {
  const lines = message.length > 80 || message.includes("\n") ? firstLines(message) : message;
  const text = MAY_HOLD_VALUE.test(lines)
    ? lines.replace(VALUES, placeholder).replace(REPEATED, "$1")
    : lines;
  return cleanText(text, MAX_TEMPLATE_CHARS);
}

function firstLines(message: string): string {
  return message
    .slice(0, MAX_MESSAGE_CHARS)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== "")
    .slice(0, 2)
    .join(" ");
}

function placeholder(match: string, ...rest: unknown[]): string {
  const groups = rest.at(-1) as Record<string, string | undefined>;
  if (groups["keep"] !== undefined) return match;
  if (groups["url"] !== undefined) return urlPlaceholder(match);
  const found = Object.entries(groups).find(([, value]) => value !== undefined);
  return found ? `<${found[0]}>` : match;
}

/** The host says which service failed and stays; numbers in it, user, port, path and query do not. */
function urlPlaceholder(url: string): string {
  const host = /^[^:]*:\/\/(?:[^@/]*@)?([^/:?#]*)/.exec(url)?.[1]?.toLowerCase() ?? "";
  const stable = host.replace(/\d+/g, "*");
  return stable === "" || /^[*.]+$/.test(stable) ? "<url>" : `<url ${stable}>`;
}

/** How a log entry is grouped: by the sender's own template when it has parameters, else by ours. */
export interface MessageKey {
  readonly basis: "template" | "message";
  readonly text: string;
}

/** Undefined when the entry has no text. */
export function messageKey(entry: LogEntryShape | null | undefined): MessageKey | undefined {
  const template = entry?.message || "";
  const formatted = entry?.formatted || "";
  const isTemplate =
    template !== "" && (hasParams(entry?.params) || (formatted !== "" && formatted !== template));
  const text = templateOf(isTemplate ? template : formatted || template);
  return text === "" ? undefined : { basis: isTemplate ? "template" : "message", text };
}

function hasParams(params: unknown): boolean {
  return typeof params === "object" && params !== null && Object.keys(params).length > 0;
}
