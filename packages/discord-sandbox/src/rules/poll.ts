import type { FormErrors } from "./form-errors.js";
import { isJsonObject, readList, readObject, readText, type JsonObject } from "./form-reader.js";

const MAX_QUESTION = 300;
const MAX_ANSWER = 55;
const MAX_ANSWERS = 10;

/** Checks a poll's texts: https://discord.com/developers/docs/resources/poll#poll-create-request-object */
export function readPoll(errors: FormErrors, value: unknown): JsonObject | undefined {
  const poll = readObject(errors, ["poll"], value);
  if (!poll) return undefined;
  const question = isJsonObject(poll["question"]) ? poll["question"]["text"] : undefined;
  readText(errors, {
    path: ["poll", "question", "text"],
    value: question,
    max: MAX_QUESTION,
    required: true,
  });
  const answers = readList(errors, { path: ["poll", "answers"], value: poll["answers"], max: MAX_ANSWERS });
  if (answers.length === 0) errors.add(["poll", "answers"], "BASE_TYPE_REQUIRED", "This field is required");
  for (const [index, answer] of answers.entries()) {
    const media = isJsonObject(answer) && isJsonObject(answer["poll_media"]) ? answer["poll_media"] : {};
    const path = ["poll", "answers", index, "poll_media", "text"];
    readText(errors, { path, value: media["text"], max: MAX_ANSWER, required: true });
  }
  return poll;
}
