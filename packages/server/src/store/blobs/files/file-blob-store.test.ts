import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobStoreContract } from "../blobs.test-suite.js";
import { FileBlobStore } from "./file-blob-store.js";

describe("a blob store of files", () => {
  let folder: string;
  let store: FileBlobStore;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vedette-blobs-"));
    store = new FileBlobStore(join(folder, "blobs"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  blobStoreContract(() => store);

  it("leaves nothing half-written behind", async () => {
    await store.put("whole", Buffer.alloc(10));
    expect(readdirSync(join(folder, "blobs", ".incoming"))).toEqual([]);
  });

  it("finds its blobs again when opened anew", async () => {
    await store.put("kept", Buffer.from("here"));
    expect(String(await new FileBlobStore(join(folder, "blobs")).get("kept"))).toBe("here");
  });
});
