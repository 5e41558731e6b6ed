import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** A secret that cannot be opened: the key is another one, or the text was changed. */
export class SecretBoxError extends Error {
  override readonly name = "SecretBoxError";
}

const version = "v1";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts small secrets (webhook URLs, bot tokens) at rest with AES-256-GCM.
 *
 * A sealed secret is `v1.<key id>.<base64url of nonce, tag, ciphertext>`. The key id lets keys rotate: the
 * first key seals, all of them open.
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #sealingKeyId: string;

  /** @param keys 32 bytes each; at least one */
  constructor(keys: readonly Buffer[]) {
    const first = keys[0];
    if (first === undefined || keys.some((key) => key.length !== keyBytes)) {
      throw new SecretBoxError(`A secret key must have ${keyBytes} bytes.`);
    }
    this.#keys = new Map(keys.map((key) => [keyId(key), key]));
    this.#sealingKeyId = keyId(first);
  }

  /** Encrypts; the same text gives another result each time. */
  seal(text: string): string {
    const prefix = `${version}.${this.#sealingKeyId}`;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key(this.#sealingKeyId), nonce);
    cipher.setAAD(Buffer.from(prefix));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return `${prefix}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
  }

  /** Decrypts. @throws SecretBoxError when no key fits or the text is damaged */
  open(sealed: string): string {
    const [usedVersion, id, payload] = sealed.split(".");
    if (usedVersion !== version || id === undefined || payload === undefined) {
      throw new SecretBoxError("This is not a sealed secret of a known version.");
    }
    const key = this.#key(id);
    const bytes = Buffer.from(payload, "base64url");
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(`${version}.${id}`));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return (
        decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8")
      );
    } catch (error) {
      throw new SecretBoxError("The sealed secret is damaged.", { cause: error });
    }
  }

  /** Whether the secret was sealed with an older key and may be sealed anew. */
  isOutdated(sealed: string): boolean {
    return sealed.split(".")[1] !== this.#sealingKeyId;
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (key === undefined) {
      throw new SecretBoxError(
        `The secret was sealed with key ${id}, which is not among the present ones. ` +
          "Set VEDETTE_SECRET_KEY to the earlier key, or enter the secret anew.",
      );
    }
    return key;
  }
}

/** Names a key without giving anything of it away: 8 hex characters of its hash. */
function keyId(key: Buffer): string {
  return createHash("sha256").update("vedette key id").update(key).digest("hex").slice(0, 8);
}
