import { newEventId } from "@vedette/protocol";
import { CliError } from "../cli-error.js";
import { originOf, readDsn } from "../dsn-option.js";
import { sendEnvelope } from "../send-envelope.js";
import type { CommandContext } from "./command-context.js";

/** The event to send; what is absent is left to the server. */
export interface SendEventOptions {
  readonly dsn?: string;
  readonly message: string;
  readonly level: string;
  readonly environment?: string;
  readonly release?: string;
  /** Each `key=value`. */
  readonly tag: readonly string[];
}

/** `vedette send-event`: one error, sent as an SDK would. @returns 0 when the server took it */
export async function sendEventCommand(
  { terminal, isJson }: Pick<CommandContext, "terminal" | "isJson">,
  options: SendEventOptions,
): Promise<number> {
  const dsn = readDsn(terminal, options.dsn);
  const event = testEvent(options);
  const item = { header: { type: "event" }, payload: JSON.stringify(event) };
  const { status, detail } = await sendEnvelope(dsn, item, { event_id: event.event_id });
  if (status !== 200) {
    const why = detail === "" ? `status ${status}` : `${detail}, status ${status}`;
    throw new CliError(
      `The server did not take the event (${why}).`,
      "vedette doctor finds out which step fails.",
    );
  }
  if (isJson) terminal.print(JSON.stringify({ eventId: event.event_id, project: dsn.projectId }, null, 2));
  else terminal.print(`Sent event ${event.event_id} to project ${dsn.projectId} at ${originOf(dsn)}.`);
  return 0;
}

function testEvent({ message, level, environment, release, tag }: SendEventOptions) {
  const frame = {
    function: "sendEvent",
    filename: "vedette/send-event.ts",
    lineno: 1,
    in_app: true,
    context_line: "throw new VedetteTestError(message);",
  };
  return {
    event_id: newEventId(),
    timestamp: Date.now() / 1_000,
    platform: "node",
    level,
    exception: {
      values: [{ type: "VedetteTestError", value: message, stacktrace: { frames: [frame] } }],
    },
    tags: { ...Object.fromEntries(tag.map(readTag)), source: "vedette-cli" },
    ...(environment === undefined ? {} : { environment }),
    ...(release === undefined ? {} : { release }),
  };
}

function readTag(text: string): readonly [string, string] {
  const [, key, value] = /^([^=]{1,200})=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new CliError(`"${text}" is not a tag.`, "Write it as in --tag correlation_id=abc");
  }
  return [key, value];
}
