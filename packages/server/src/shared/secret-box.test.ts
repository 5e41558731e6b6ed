import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SecretBox, SecretBoxError } from "./secret-box.js";
import { hintToken, hintWebhookUrl } from "./secret-hint.js";
import { loadOrCreateSecretKeys, parseSecretKeys } from "./secret-key.js";

const webhook = "https://discord.com/api/webhooks/1234567890/abc-DEF_ghi";

describe("a secret box", () => {
  const key = randomBytes(32);
  const box = new SecretBox([key]);

  it("opens what it sealed, and seals the same text differently each time", () => {
    expect(box.open(box.seal(webhook))).toBe(webhook);
    expect(box.open(box.seal(""))).toBe("");
    expect(box.seal(webhook)).not.toBe(box.seal(webhook));
    expect(box.seal(webhook)).not.toContain("discord");
  });

  it("refuses a changed, cut or foreign text", () => {
    const sealed = box.seal(webhook);
    const changed = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
    for (const text of [changed, sealed.slice(0, 20), "", "v2.x.y", webhook]) {
      expect(() => box.open(text)).toThrow(SecretBoxError);
    }
  });

  it("opens secrets of an earlier key after rotation, and says that they are outdated", () => {
    const rotated = new SecretBox([randomBytes(32), key]);
    const sealed = box.seal(webhook);
    expect(rotated.open(sealed)).toBe(webhook);
    expect(rotated.isOutdated(sealed)).toBe(true);
    expect(rotated.isOutdated(rotated.seal(webhook))).toBe(false);
    expect(() => box.open(rotated.seal(webhook))).toThrow(/VEDETTE_SECRET_KEY/);
  });
});

describe("the secret key", () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
  const makeFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "vedette-key-"));
    folders.push(folder);
    return folder;
  };

  it("is made once in the data directory, readable by its owner only", () => {
    const folder = makeFolder();
    const keys = loadOrCreateSecretKeys(join(folder, "data"));
    expect(loadOrCreateSecretKeys(join(folder, "data"))).toEqual(keys);
    expect(statSync(join(folder, "data", "secret.key")).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, "data"))).toEqual(["secret.key"]);
  });

  it("is not replaced when its file is damaged", () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "secret.key"), "oops");
    expect(() => loadOrCreateSecretKeys(folder)).toThrow(/secret\.key holds no key/);
  });

  it("is read from hex or base64, one or several", () => {
    const key = randomBytes(32);
    expect(parseSecretKeys(key.toString("hex"))).toEqual([key]);
    expect(parseSecretKeys(`${key.toString("base64")}, ${key.toString("base64url")}`)).toEqual([key, key]);
    expect(parseSecretKeys("password")).toBeNull();
    expect(parseSecretKeys("")).toBeNull();
  });
});

describe("a hint", () => {
  it("shows enough to recognise a secret and too little to use it", () => {
    expect(hintWebhookUrl(webhook)).toBe("https://discord.com/api/webhooks/1234…/••••");
    expect(hintWebhookUrl("https://user:pw@example.com/hook?key=1")).toBe("https://example.com/••••");
    expect(hintWebhookUrl("nonsense")).toBe("••••");
    expect(hintToken("vdt_0123456789abcdef")).toBe("••••cdef");
    expect(hintToken("short")).toBe("••••");
  });
});
