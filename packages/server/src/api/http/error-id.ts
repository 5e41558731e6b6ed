import { randomBytes } from "node:crypto";

/** Names one failure in an answer and in the log, so that a person can find the line. */
export function newErrorId(): string {
  return randomBytes(16).toString("hex");
}
