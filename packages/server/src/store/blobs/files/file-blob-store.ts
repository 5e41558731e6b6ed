import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "../../../shared/error-code.js";
import type { BlobStore } from "../port.js";
import { blobPath } from "./blob-path.js";

/**
 * Blobs as files below one folder. A blob is written aside, synced and renamed, so a reader sees all of it or
 * nothing, and after `put` it survives a power cut.
 */
export class FileBlobStore implements BlobStore {
  readonly #root: string;
  readonly #incoming: string;

  /** @param root folder; made when missing */
  constructor(root: string) {
    this.#root = resolve(root);
    this.#incoming = join(this.#root, ".incoming");
    mkdirSync(this.#incoming, { recursive: true });
  }

  async put(key: string, body: Buffer): Promise<void> {
    const target = join(this.#root, blobPath(key));
    const temporary = join(this.#incoming, randomUUID());
    try {
      await writeDurably(temporary, body);
      await makeFolder(this.#root, dirname(target));
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(target));
  }

  async get(key: string): Promise<Buffer | null> {
    try {
      return await readFile(join(this.#root, blobPath(key)));
    } catch (error) {
      if (errorCode(error) === "ENOENT") {
        return null;
      }
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(join(this.#root, blobPath(key)), { force: true });
  }
}

async function writeDurably(path: string, body: Buffer): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new folder is durable once each folder above it, which names it, is synced. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) {
    return;
  }
  for (let path = dirname(folder); path.length >= root.length; path = dirname(path)) {
    await syncFolder(path);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
