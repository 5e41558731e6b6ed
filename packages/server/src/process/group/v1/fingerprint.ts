import type { Component } from "./digest.js";
import { cleanText } from "./digest.js";
import type { GroupableEvent } from "./event-shape.js";
import { presentValues } from "./event-shape.js";
import { normaliseFunction } from "./function-name.js";
import { familyOf } from "./platform.js";
import { topFrame } from "./top-frame.js";

/** More parts than anybody writes by hand. */
const MAX_PARTS = 32;
const MAX_PART_CHARS = 500;

const VARIABLE = /\{\{ *([a-zA-Z][\w.-]{0,100}) *\}\}/g;
const DEFAULT = /^\s*\{\{ *default *\}\}\s*$/;

/**
 * The sender's fingerprint as components, with `{{ default }}` and the other variables filled in; undefined when
 * there is none or it only says default. `defaultHash` is asked for once per `{{ default }}`.
 * Rules: https://docs.sentry.io/concepts/data-management/event-grouping/fingerprint-rules/
 */
export function fingerprintComponents(
  event: GroupableEvent,
  defaultHash: () => string,
): Component[] | undefined {
  const parts = (event.fingerprint ?? []).slice(0, MAX_PARTS).map(String);
  if (parts.every((part) => DEFAULT.test(part))) return undefined;
  return parts.map((part) => ({
    label: "fingerprint",
    value: cleanText(fill(part, event, defaultHash), MAX_PART_CHARS),
  }));
}

/** True when the fingerprint includes the computed grouping. */
export function refinesDefault(event: GroupableEvent): boolean {
  return (event.fingerprint ?? []).some((part) => /\{\{ *default *\}\}/.test(String(part)));
}

function fill(part: string, event: GroupableEvent, defaultHash: () => string): string {
  if (!part.includes("{{")) return part;
  return part.replace(VARIABLE, (whole, name: string) =>
    name === "default" ? `{{ default ${defaultHash()} }}` : (variable(name, event) ?? whole),
  );
}

/** Value of a variable, `<none>` when the event lacks it, undefined for names nobody defined. */
function variable(name: string, event: GroupableEvent): string | undefined {
  if (name.startsWith("tags.")) {
    const key = name.slice("tags.".length);
    return event.tags?.find((tag) => tag[0] === key)?.[1] || "<none>";
  }
  const read = VARIABLES.get(name);
  return read ? read(event) || "<none>" : undefined;
}

type Read = (event: GroupableEvent) => string | null | undefined;

const errorType: Read = (event) => presentValues(event.exception).at(-1)?.type;
const errorValue: Read = (event) => presentValues(event.exception).at(-1)?.value;

const VARIABLES: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["type", errorType],
  ["error.type", errorType],
  ["value", errorValue],
  ["error.value", errorValue],
  ["message", (event) => event.logentry?.formatted || event.logentry?.message || errorValue(event)],
  ["transaction", (event) => event.transaction],
  ["level", (event) => event.level],
  ["logger", (event) => event.logger],
  ["environment", (event) => event.environment],
  ["release", (event) => event.release],
  ["function", stackFunction],
  ["stack.function", stackFunction],
  ["module", (event) => topFrame(event)?.module],
  ["stack.module", (event) => topFrame(event)?.module],
  ["package", (event) => topFrame(event)?.package],
  ["stack.package", (event) => topFrame(event)?.package],
  ["stack.abs_path", (event) => topFrame(event)?.abs_path || topFrame(event)?.filename],
  ["stack.filename", (event) => topFrame(event)?.filename],
]);

function stackFunction(event: GroupableEvent): string | undefined {
  const frame = topFrame(event);
  return frame && normaliseFunction(frame.function, familyOf(frame.platform, event.platform));
}
