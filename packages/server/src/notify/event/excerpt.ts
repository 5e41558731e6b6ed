import type { Frame, NormalisedEvent, Stacktrace } from "@vedette/protocol";

/** The few parts of an event that a message shows. Texts are the sender's: escape them. */
export interface EventExcerpt {
  readonly exceptionType: string | null;
  /** What the exception or the message says. */
  readonly value: string | null;
  readonly transaction: string | null;
  /** Without query. */
  readonly url: string | null;
  readonly platform: string | null;
  /** Whether nobody caught the error; null when the SDK does not say. */
  readonly unhandled: boolean | null;
  readonly frame: FrameExcerpt | null;
}

export interface FrameExcerpt {
  readonly function: string | null;
  readonly place: string | null;
  readonly line: number | null;
  readonly before: readonly string[];
  readonly source: string | null;
  readonly after: readonly string[];
}

/** Takes from an event what a message shows. */
export function excerptOf(event: NormalisedEvent): EventExcerpt {
  const raised = event.exception?.values.at(-1);
  return {
    exceptionType: raised?.type ?? null,
    value: raised?.value ?? event.logentry?.formatted ?? event.logentry?.message ?? null,
    transaction: event.transaction ?? null,
    url: event.request?.url ?? null,
    platform: event.platform ?? null,
    unhandled: raised?.mechanism?.handled === undefined ? null : !raised.mechanism.handled,
    frame: frameExcerpt(topFrame(event)),
  };
}

/**
 * The frame people look for first: the innermost one of the application, else the innermost; of the raised exception,
 * or of its nearest cause with a stack, or of the crashed thread. Process has marked what is of the application.
 */
function topFrame(event: NormalisedEvent): Frame | undefined {
  const withStack = event.exception?.values.findLast(({ stacktrace }) => hasFrames(stacktrace));
  const threads = event.threads?.values ?? [];
  const thread = threads.find(({ crashed }) => crashed) ?? threads.find(({ current }) => current);
  const frames = (withStack?.stacktrace ?? event.stacktrace ?? thread?.stacktrace)?.frames ?? [];
  return frames.findLast(({ in_app: inApp }) => inApp) ?? frames.at(-1);
}

function hasFrames(stacktrace: Stacktrace | undefined): boolean {
  return stacktrace !== undefined && stacktrace.frames.length > 0;
}

const linesAround = 2;

function frameExcerpt(frame: Frame | undefined): FrameExcerpt | null {
  if (frame === undefined) return null;
  return {
    function: frame.function ?? null,
    place: frame.filename ?? frame.module ?? frame.abs_path ?? frame.package ?? null,
    line: frame.lineno ?? null,
    before: frame.pre_context?.slice(-linesAround) ?? [],
    source: frame.context_line ?? null,
    after: frame.post_context?.slice(0, linesAround) ?? [],
  };
}
