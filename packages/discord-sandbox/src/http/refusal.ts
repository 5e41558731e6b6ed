import { RESTJSONErrorCodes } from "discord-api-types/v10";
import type { FormErrors } from "../rules/form-errors.js";

/** Every answer of Discord's that is not a success, by a name of ours: HTTP status, JSON code, message. */
const REFUSALS = {
  notFound: [404, RESTJSONErrorCodes.GeneralError, "404: Not Found"],
  unauthorized: [401, RESTJSONErrorCodes.GeneralError, "401: Unauthorized"],
  unknownChannel: [404, RESTJSONErrorCodes.UnknownChannel, "Unknown Channel"],
  unknownGuild: [404, RESTJSONErrorCodes.UnknownGuild, "Unknown Guild"],
  unknownMessage: [404, RESTJSONErrorCodes.UnknownMessage, "Unknown Message"],
  unknownWebhook: [404, RESTJSONErrorCodes.UnknownWebhook, "Unknown Webhook"],
  invalidWebhookToken: [401, RESTJSONErrorCodes.InvalidWebhookToken, "Invalid Webhook Token"],
  emptyMessage: [400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, "Cannot send an empty message"],
  notAText: [
    400,
    RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
    "Cannot send messages in a non-text channel",
  ],
  foreignMessage: [
    403,
    RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
    "Cannot edit a message authored by another user",
  ],
  invalidForm: [400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, "Invalid Form Body"],
  invalidJson: [400, 50109, "The request body contains invalid JSON."],
  tooLarge: [413, RESTJSONErrorCodes.RequestEntityTooLarge, "Request entity too large"],
  missingUserAgent: [403, 40333, "internal network error"],
  threadExists: [
    400,
    RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
    "A thread has already been created for this message",
  ],
  threadLocked: [400, RESTJSONErrorCodes.ThreadLocked, "Thread is locked"],
  threadNameNeeded: [400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id"],
  threadNameAndId: [
    400,
    220002,
    "Webhooks posted to forum channels cannot have both a thread_name and thread_id",
  ],
  threadNotInForum: [400, 220003, "Webhooks can only create threads in forum channels"],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

/** Name of one of Discord's refusals. */
export type RefusalName = keyof typeof REFUSALS;

/** Thrown by routes to end a call with one of Discord's error bodies; the error handler writes it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Record<string, unknown> | undefined;

  /** `errors` is the nested object of a 50035 answer. */
  constructor(name: RefusalName, errors?: FormErrors) {
    const [status, code, message] = REFUSALS[name];
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors?.toNested();
  }

  /** The JSON body as Discord writes it: https://discord.com/developers/docs/reference#error-messages */
  toBody(): Record<string, unknown> {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

/** Throws an "Invalid Form Body" when anything was found wrong. */
export function refuseInvalid(errors: FormErrors): void {
  if (!errors.isEmpty) throw new Refusal("invalidForm", errors);
}
