import type { FastifyRequest } from "fastify";
import { MESSAGE_LIMITS, readMessageForm, type MessageRules } from "../rules/message-form.js";
import { FormErrors } from "../rules/form-errors.js";
import { isJsonObject, type JsonObject } from "../rules/form-reader.js";
import type { CheckedBody, UploadedFile } from "../state/post-message.js";
import { Refusal, refuseInvalid } from "./refusal.js";

/** A call's body before its checks. */
interface ReceivedBody {
  readonly payload: JsonObject;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a message body from JSON, from a form, or from multipart with `payload_json` and `files[n]`, and checks it.
 * Throws a Refusal for a body that Discord would not accept.
 */
export async function readMessageBody(request: FastifyRequest, rules: MessageRules): Promise<CheckedBody> {
  const { payload, files } = await receiveBody(request);
  const { form, errors } = readMessageForm(payload, rules);
  if (files.length > MESSAGE_LIMITS.attachments) {
    errors.add(
      ["attachments"],
      "BASE_TYPE_MAX_LENGTH",
      `Must be ${MESSAGE_LIMITS.attachments} or fewer in length.`,
    );
  }
  refuseInvalid(errors);
  return { form, files, raw: payload, userAgent: request.headers["user-agent"] ?? "" };
}

/** Reads a JSON object body. Throws a Refusal when it is none. */
export async function readJsonBody(request: FastifyRequest): Promise<JsonObject> {
  return (await receiveBody(request)).payload;
}

async function receiveBody(request: FastifyRequest): Promise<ReceivedBody> {
  if (request.isMultipart()) return receiveParts(request);
  const body = request.body ?? {};
  if (isJsonObject(body)) return { payload: body, files: [] };
  const errors = new FormErrors();
  errors.add([], "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
  throw new Refusal("invalidForm", errors);
}

async function receiveParts(request: FastifyRequest): Promise<ReceivedBody> {
  const fields: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  for await (const part of request.parts()) {
    if (part.type === "field") {
      fields[part.fieldname] = part.value;
      continue;
    }
    const key = /^files\[(\d+)\]$/.exec(part.fieldname)?.[1] ?? String(files.length);
    files.push({ key, fileName: part.filename, contentType: part.mimetype, bytes: await part.toBuffer() });
  }
  return { payload: payloadOf(fields), files };
}

/** `payload_json` stands for the whole body; without it the fields are the body. */
function payloadOf(fields: Record<string, unknown>): JsonObject {
  const json = fields["payload_json"];
  if (json === undefined) return fields;
  try {
    const payload: unknown = typeof json === "string" ? JSON.parse(json) : json;
    if (isJsonObject(payload)) return payload;
  } catch {
    throw new Refusal("invalidJson");
  }
  throw new Refusal("invalidJson");
}
