import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { errorCode } from "./error-code.js";

const keyBytes = 32;

/**
 * Reads keys as people write them: 64 hex characters or base64 of 32 bytes, several parted by commas.
 *
 * @returns null when one of them is neither
 */
export function parseSecretKeys(text: string): readonly Buffer[] | null {
  const keys = text.split(",").map((part) => parseSecretKey(part.trim()));
  return keys.every((key) => key !== null) ? keys : null;
}

function parseSecretKey(text: string): Buffer | null {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64";
  const key = Buffer.from(text, encoding);
  return key.length === keyBytes && /^[\w+/=-]+$/.test(text) ? key : null;
}

/**
 * The key of this installation, from `secret.key` in the data directory (mode 0600), which is made when
 * missing. Processes which start together end up with the same key.
 *
 * @throws when the file is there but holds no key; a new key would make every stored secret unreadable
 */
export function loadOrCreateSecretKeys(dataDir: string): readonly Buffer[] {
  const path = join(dataDir, "secret.key");
  if (!existsSync(path)) {
    createKeyFile(dataDir, path);
  }
  const keys = parseSecretKeys(readFileSync(path, "utf8").trim());
  if (keys === null) {
    throw new Error(
      `${path} holds no key of ${keyBytes} bytes (64 hex characters). Restore it from a backup.`,
    );
  }
  return keys;
}

/** Written aside and linked: the name appears with its whole content, and only for the first to come. */
function createKeyFile(dataDir: string, path: string): void {
  mkdirSync(dataDir, { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(keyBytes).toString("hex")}\n`);
    fsyncSync(file);
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
}
