import type { Component } from "./digest.js";
import { cleanText } from "./digest.js";
import type { ExceptionShape, FrameShape, GroupableEvent } from "./event-shape.js";
import { presentFrames, presentValues } from "./event-shape.js";
import { exceptionTree } from "./exception-tree.js";
import { familyOf } from "./platform.js";
import { stackKey } from "./stack.js";
import type { StackKey } from "./stack.js";
import { templateOf } from "./message.js";
import { threadFrames } from "./threads.js";
import type { Verdict } from "./verdict.js";

/** Longer chains are wrappers around wrappers. */
const MAX_CHAIN = 8;

/** Types every Go program uses for everything; the text is all there is to tell them apart. */
const GENERIC_GO_TYPE =
  /^\*?(?:errors\.(?:errorString|fundamental|withStack|withMessage|joinError)|fmt\.wrapErrors?|string|error)$/;

const OVERFLOW_TYPE =
  /^(?:RecursionError|StackOverflowError|(?:System\.)?StackOverflowException|SystemStackError|java\.lang\.StackOverflowError)$/;
const OVERFLOW_VALUE = /^(?:Maximum call stack size exceeded|too much recursion)/;

/** The exception of an event, or undefined when it has none that says anything. */
export function groupByException(event: GroupableEvent): Verdict | undefined {
  const values = presentValues(event.exception).filter((one) => one.type || one.value || one.stacktrace);
  if (values.length === 0) return undefined;
  const hasStack = values.some((one) => presentFrames(one.stacktrace).length > 0);
  const borrowed = hasStack ? [] : threadFrames(event);
  const reader = new ExceptionReader(event, { hasStack: hasStack || borrowed.length > 0, borrowed });
  const components = reader.read(values);
  return components.length > 0 ? reader.verdict(components) : undefined;
}

/** Collects what the exceptions of one event contribute, and remembers how, for the explanation. */
class ExceptionReader {
  readonly #event: GroupableEvent;
  readonly #hasStack: boolean;
  readonly #borrowed: readonly FrameShape[];
  readonly #seen = {
    frames: false,
    inApp: false,
    message: false,
    weak: false,
    overflow: false,
    count: 0,
    members: 0,
  };

  constructor(event: GroupableEvent, stacks: { hasStack: boolean; borrowed: readonly FrameShape[] }) {
    this.#event = event;
    this.#hasStack = stacks.hasStack;
    this.#borrowed = stacks.borrowed;
  }

  read(values: readonly ExceptionShape[]): Component[] {
    const tree = exceptionTree(values, (one) => this.#ofOne(one, one === values.at(-1)), MAX_CHAIN);
    this.#seen.count = tree.chainLength;
    this.#seen.members = tree.memberCount;
    return tree.components;
  }

  verdict(components: readonly Component[]): Verdict {
    const { frames, inApp } = this.#seen;
    const basis = frames ? (inApp ? "exception" : "stacktrace") : "exception";
    return { basis, summary: this.#summary(), components };
  }

  #summary(): string {
    const { frames, inApp, message, weak, overflow, count, members } = this.#seen;
    const what =
      members > 1
        ? `Same group of ${members} different exceptions`
        : count > 1
          ? "Same chain of exception types"
          : "Same exception type";
    const where = frames ? ` and same ${overflow ? "recurring " : inApp ? "in-app " : ""}frames` : "";
    const text = message
      ? frames
        ? ", and same message without its values"
        : " and same message without its values"
      : "";
    const why = weak
      ? " (the stack names no functions; source maps or debug files would tell more apart)"
      : "";
    const none = frames && !inApp ? " (no frame is the application's own)" : "";
    return `${what}${where}${text}${why}${none}`;
  }

  #ofOne(one: ExceptionShape, isRaised: boolean): Component[] {
    const { platform } = this.#event;
    const frames = presentFrames(one.stacktrace);
    const own = frames.length > 0 ? frames : isRaised ? this.#borrowed : [];
    const isOverflow = OVERFLOW_TYPE.test(one.type ?? "") || OVERFLOW_VALUE.test(one.value ?? "");
    const stack = stackKey(own, { platform, isOverflow });
    if (stack) this.#remember(stack, isOverflow);
    const type = typeOf(one, platform);
    const result: Component[] = type ? [{ label: "exception", value: type }] : [];
    for (const text of stack?.frames ?? []) result.push({ label: "frame", value: text });
    const message = this.#needsMessage(one, stack) ? templateOf(one.value ?? "") : "";
    if (message) {
      this.#seen.message = true;
      result.push({ label: "message", value: message });
    }
    return result;
  }

  #needsMessage(one: ExceptionShape, stack: StackKey | undefined): boolean {
    if (!this.#hasStack || stack?.weak) return true;
    if (!one.type && !stack) return true;
    return familyOf(null, this.#event.platform) === "go" && GENERIC_GO_TYPE.test(one.type ?? "");
  }

  #remember(stack: StackKey, isOverflow: boolean): void {
    this.#seen.frames = true;
    this.#seen.inApp ||= stack.inApp;
    this.#seen.weak ||= stack.weak;
    this.#seen.overflow ||= isOverflow;
  }
}

/** Empty for synthetic exceptions, whose type is a stand-in of the SDK; generated class names lose their numbers. */
function typeOf(one: ExceptionShape, platform: string | null | undefined): string {
  if (one.mechanism?.synthetic === true || !one.type) return "";
  const type = cleanText(one.type)
    .replace(/@anonymous.*$/, "@anonymous")
    .replace(/0x[0-9a-fA-F]+/g, "0x")
    .replace(/\$\d+(?=$|\$)/g, "$");
  const isMinified = familyOf(null, platform) === "javascript" && /^[A-Za-z_$][A-Za-z0-9_$]?$/.test(type);
  return isMinified ? "<minified>" : type;
}
