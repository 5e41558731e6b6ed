import { entryOf } from "../../support/issues.js";
import type { Issue, StoredEvent } from "../../support/issues.js";
import type { Server } from "../../support/server.js";
import { waitFor } from "../../support/wait-for.js";

/** An event as the project's event page tells it: the issue's form plus what belongs to the project. */
export interface ProjectEvent extends StoredEvent {
  /** Null for the moment between the storing of an event and of its issue. */
  readonly groupID: string | null;
  readonly message: string;
  readonly culprit: string;
  readonly location: string | null;
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly mimetype: string;
    readonly size: number;
  }[];
}

/** Waits for the event and reads its issue. */
export async function issueOfEvent(server: Server, id: string | undefined): Promise<Issue> {
  const { groupID } = await eventOf(server, id);
  return server.api<Issue>(`/organizations/default/issues/${groupID}/`);
}

/** A frame as the API tells it. */
export interface Frame {
  readonly filename: string | null;
  readonly absPath: string | null;
  readonly module: string | null;
  readonly function: string | null;
  readonly lineNo: number | null;
  readonly inApp: boolean;
  /** Line number and text of each. */
  readonly context: readonly (readonly [number, string])[];
  readonly vars: Readonly<Record<string, unknown>> | null;
}

/** One link of a chain of exceptions. */
export interface Exception {
  readonly type: string;
  readonly value: string;
  readonly mechanism: { readonly type: string; readonly handled: boolean | null } | null;
  readonly stacktrace: { readonly frames: readonly Frame[] } | null;
}

const project = "/projects/default/default";
const timeLimitMs = 10_000;

/** Waits until the event is stored and belongs to an issue. @throws Error when it does not come */
export function eventOf(server: Server, id: string | undefined): Promise<ProjectEvent> {
  if (id === undefined) throw new Error("the scenario told no id of this event");
  return waitFor(
    `event ${id}`,
    async () => {
      const event = await server.api<ProjectEvent>(`${project}/events/${id}/`);
      return event.groupID !== null && event;
    },
    timeLimitMs,
  );
}

/** The stored payload as text, for looking for what must not be in it. */
export async function rawEventOf(server: Server, id: string | undefined): Promise<string> {
  await eventOf(server, id);
  return JSON.stringify(await server.api<unknown>(`${project}/events/${id}/json/`));
}

/** The chain of exceptions, the outermost last as SDKs send it. */
export function exceptionsOf(event: StoredEvent): readonly Exception[] {
  return entryOf(event, "exception")["values"] as readonly Exception[];
}

/** The frame of this function, innermost first. @throws Error that lists the functions there are */
export function frameOf(exception: Exception | undefined, functionName: string): Frame {
  const frames = exception?.stacktrace?.frames ?? [];
  const found = frames.findLast((frame) => frame.function?.includes(functionName));
  if (!found)
    throw new Error(`no frame "${functionName}" in ${frames.map((one) => one.function).join(", ")}`);
  return found;
}

/** Text of the frame's own line, as the SDK sent it along. */
export function sourceLineOf(frame: Frame): string {
  return frame.context.find(([number]) => number === frame.lineNo)?.[1] ?? "";
}
