import { createHash, randomBytes, randomUUID } from "node:crypto";

/** 32 lower-case hex characters, as event ids, trace ids and public keys have. */
export function newHexId(): string {
  return randomUUID().replaceAll("-", "");
}

/** Unguessable text for tokens and one-time passwords: 4 characters for every 3 bytes, safe in URLs. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** Hex SHA-256; tokens are kept in the database in this form only. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
