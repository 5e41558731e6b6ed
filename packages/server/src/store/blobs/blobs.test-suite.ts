import { expect, it } from "vitest";
import type { BlobStore } from "./port.js";

/** What every blob store promises. Call it inside a `describe`; `store` is asked anew in each test. */
export function blobStoreContract(store: () => BlobStore): void {
  it("gives back what was put, byte for byte", async () => {
    const body = Buffer.from([0, 255, 10, 13, 0]);
    await store().put("1/attachments/abc.bin", body);
    expect(await store().get("1/attachments/abc.bin")).toEqual(body);
  });

  it("keeps an empty blob apart from none", async () => {
    await store().put("empty", Buffer.alloc(0));
    expect(await store().get("empty")).toEqual(Buffer.alloc(0));
    expect(await store().get("none")).toBeNull();
  });

  it("holds keys of which one is the beginning of the other", async () => {
    await store().put("a", Buffer.from("1"));
    await store().put("a/b", Buffer.from("2"));
    expect(String(await store().get("a"))).toBe("1");
    expect(String(await store().get("a/b"))).toBe("2");
  });

  it("lets the last of several writes win, whole", async () => {
    const bodies = Array.from({ length: 10 }, (_, index) => Buffer.alloc(100_000, index));
    await Promise.all(bodies.map((body) => store().put("contested", body)));
    const kept = await store().get("contested");
    expect(bodies.some((body) => kept?.equals(body))).toBe(true);
    await store().put("contested", Buffer.from("last"));
    expect(String(await store().get("contested"))).toBe("last");
  });

  it("forgets what was deleted, and does not mind deleting twice", async () => {
    await store().put("gone", Buffer.from("x"));
    await store().delete("gone");
    await store().delete("gone");
    expect(await store().get("gone")).toBeNull();
  });

  it.each([
    "",
    "/",
    "..",
    "../x",
    "a/../b",
    "a//b",
    "/etc/passwd",
    ".hidden",
    "a\0b",
    "a b",
    "x".repeat(201),
  ])("refuses the key %j", async (key) => {
    await expect(store().put(key, Buffer.from("x"))).rejects.toThrow(RangeError);
    await expect(store().get(key)).rejects.toThrow(RangeError);
    await expect(store().delete(key)).rejects.toThrow(RangeError);
  });
}
