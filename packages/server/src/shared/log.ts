import pino from "pino";

/** The program's log; `child({ … })` adds fields to every line. */
export type Log = pino.Logger;

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

export interface LogOptions {
  /** Default `info`. */
  level?: LogLevel;
  /** Short lines for people instead of JSON. Default: when stdout is a terminal. */
  human?: boolean;
  /** Where whole lines go. Default stdout. */
  write?: (line: string) => void;
}

/** Fields which are never written, wherever they stand in the first two levels. */
const secretFields = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "apiKey",
  "botToken",
  "webhookUrl",
  "x-sentry-auth",
];

/**
 * Makes the log. Secrets are taken out twice: fields by name, then whatever looks like a webhook URL, a
 * bearer or bot token, or a password in a URL, also inside messages and stack traces.
 */
export function createLog(options: LogOptions = {}): Log {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const human = options.human ?? process.stdout.isTTY;
  return pino(
    {
      level: options.level ?? "info",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`]),
        censor: "[redacted]",
      },
    },
    { write: (line: string) => write(human ? humanLine(redactText(line)) : redactText(line)) },
  );
}

const secretPatterns: readonly (readonly [RegExp, string])[] = [
  [/(\/webhooks\/\d+\/)[\w-]+/g, "$1[redacted]"],
  [/(hooks\.slack\.com\/services\/)[\w/-]+/g, "$1[redacted]"],
  [/\b(Bearer|Bot|Basic) [\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [/(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g, "$1[redacted]@"],
];

/** Takes out of a text what opens doors: webhook tokens, authorization values, passwords in URLs. */
export function redactText(text: string): string {
  return secretPatterns.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text,
  );
}

/** `12:30:05 warn  a batch failed  tries=3`, and the stack of an error on the lines below. */
function humanLine(json: string): string {
  const line: Readonly<Record<string, unknown>> = JSON.parse(json);
  const { time, level, msg, err, ...fields } = line;
  const clock = String(time).slice(11, 19);
  const rest = Object.entries(fields).map(([name, value]) => `  ${name}=${fieldText(value)}`);
  const stack = typeof err === "object" && err !== null && "stack" in err ? `\n${String(err.stack)}` : "";
  return `${clock} ${String(level).padEnd(5)} ${fieldText(msg ?? "")}${rest.join("")}${stack}\n`;
}

function fieldText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
