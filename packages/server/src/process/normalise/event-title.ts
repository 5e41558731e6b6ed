import type { Frame, NormalisedEvent, Stacktrace } from "@vedette/protocol";
import type { EventTitle } from "../contract.js";
import { cutText } from "./text-limit.js";

/** Longest title and culprit; the issue list shows one line. */
const MAX_TITLE_LENGTH = 256;
const MAX_CULPRIT_LENGTH = 200;

const UNLABELED = "<unlabeled event>";
const ANONYMOUS = "?";

const SCRIPT_PLATFORMS: ReadonlySet<string> = new Set(["javascript", "node"]);
const NATIVE_PLATFORMS: ReadonlySet<string> = new Set(["native", "c", "cocoa", "objc"]);

/**
 * What an event is called: `Type: first line of its value` for an exception, otherwise the first line of the message,
 * otherwise `<unlabeled event>`; and where it happened (see `culpritOf`). Fields without a value are empty.
 */
export function titleOf(event: NormalisedEvent): EventTitle {
  const exception = event.exception?.values.at(-1);
  const frame = leadingFrame(event);
  const message = event.logentry?.formatted ?? event.logentry?.message ?? "";
  const type = exception?.type ?? "";
  const value = exception === undefined ? message : (exception.value ?? "");
  return {
    title: titleText(type, firstLine(value), frame),
    culprit: culpritOf(event),
    type: cutText(type, MAX_TITLE_LENGTH),
    value: cutText(value, MAX_TITLE_LENGTH),
    filename: frame?.filename ?? frame?.abs_path ?? "",
    function: frame?.function ?? "",
  };
}

/**
 * Where the event happened: the transaction; else the place a security report names; else the top frame of the app,
 * as `function(file)` for JavaScript, as the function alone for native code and as `module in function` elsewhere.
 */
function culpritOf(event: NormalisedEvent): string {
  const told = event.transaction ?? event.culprit;
  if (told !== undefined) return cutText(told, MAX_CULPRIT_LENGTH);
  const frame = leadingFrame(event);
  return frame === undefined
    ? ""
    : cutText(frameCulprit(frame, frame.platform ?? event.platform), MAX_CULPRIT_LENGTH);
}

function titleText(type: string, value: string, frame: Frame | undefined): string {
  if (type !== "") return cutText(value === "" ? type : `${type}: ${value}`, MAX_TITLE_LENGTH);
  const text = value || frame?.function || UNLABELED;
  return cutText(text, MAX_TITLE_LENGTH);
}

function frameCulprit(frame: Frame, platform: string | undefined): string {
  const name = frame.function ?? ANONYMOUS;
  if (platform !== undefined && NATIVE_PLATFORMS.has(platform)) return frame.function ?? frame.package ?? "";
  const place = frame.module ?? frame.filename ?? frame.abs_path;
  if (platform !== undefined && SCRIPT_PLATFORMS.has(platform))
    return place === undefined ? name : `${name}(${place})`;
  return place === undefined ? (frame.function ?? "") : `${place} in ${name}`;
}

/** The last frame of the app, or the last frame at all when none is marked as the app's. */
function leadingFrame(event: NormalisedEvent): Frame | undefined {
  const frames = leadingStack(event)?.frames;
  if (frames === undefined) return undefined;
  return frames.findLast((frame) => frame.in_app === true) ?? frames.at(-1);
}

function leadingStack(event: NormalisedEvent): Stacktrace | undefined {
  const ofException = event.exception?.values.findLast(
    ({ stacktrace }) => stacktrace !== undefined,
  )?.stacktrace;
  if (ofException !== undefined) return ofException;
  if (event.stacktrace !== undefined) return event.stacktrace;
  const threads = event.threads?.values ?? [];
  const thread =
    threads.find(({ crashed }) => crashed === true) ??
    threads.find(({ current }) => current === true) ??
    threads[0];
  return thread?.stacktrace;
}

function firstLine(text: string): string {
  return (
    text
      .trimStart()
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? ""
  );
}
