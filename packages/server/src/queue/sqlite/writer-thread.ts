// The writer's thread: commits blocks of records, each in one synced transaction, and reports the depth.
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type Database from "better-sqlite3";
import { errorCode } from "../../shared/error-code.js";
import type { QueueErrorCode } from "../queue-error.js";
import { unpackEntries } from "./packed-entries.js";
import { isCorrupt, openWritingFile } from "./queue-file.js";
import { prepareDepth } from "./read-depth.js";
import { recordCrc } from "./record-crc.js";
import { WakeChannel } from "./wake-channel.js";
import type { WriterReport, WriterRequest, WriterThreadData } from "./writer-messages.js";

/** How often trims by readers become visible in the writer's depth, and the disk's free space is looked at. */
const tickMs = 250;

function serve(port: NonNullable<typeof parentPort>, { path, minFreeBytes }: WriterThreadData): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  const report = (message: WriterReport): void => port.postMessage(message);
  const database = openWritingFile(path, (message) => report({ kind: "repaired", message }));
  const append = prepareAppend(database);
  const readDepth = prepareDepth(database);
  const wake = new WakeChannel(path);

  let hasRoom = freeBytes(path) >= minFreeBytes;
  const timer = setInterval(() => {
    hasRoom = freeBytes(path) >= minFreeBytes;
    report({ kind: "depth", depth: readDepth() });
  }, tickMs);
  const commit = (block: ArrayBuffer): void => {
    if (!hasRoom) {
      const message = `less than ${minFreeBytes} bytes are free on the disk of ${path}`;
      report({ kind: "failed", code: "storage", message });
      return;
    }
    try {
      append(block);
      report({ kind: "committed", depth: readDepth() });
      wake.wake();
    } catch (error) {
      report({
        kind: "failed",
        code: failureCode(error),
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
  port.on("message", (request: WriterRequest) => {
    if (request.kind === "append") {
      commit(request.block);
      return;
    }
    clearInterval(timer);
    wake.close();
    database.close();
    port.close();
  });
  report({ kind: "ready", depth: readDepth() });
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

/** Appends a block in one transaction. */
function prepareAppend(database: Database.Database): (block: ArrayBuffer) => void {
  const insert = database.prepare<[number, number, number, string, Buffer]>(
    "insert into record (at, size, crc, item, body) values (?, ?, ?, ?, ?)",
  );
  const count = database.prepare<[number, number]>(
    "update depth set records = records + ?, bytes = bytes + ?",
  );
  const transaction = database.transaction((block: ArrayBuffer): void => {
    let records = 0;
    let bytes = 0;
    for (const { at, item, body } of unpackEntries(block)) {
      const size = item.length + body.length;
      insert.run(at, size, recordCrc(item, body), item.toString(), body);
      records += 1;
      bytes += size;
    }
    count.run(records, bytes);
  });
  return (block) => transaction.immediate(block);
}

function failureCode(error: unknown): QueueErrorCode {
  if (isCorrupt(error)) {
    return "corrupt";
  }
  return errorCode(error) === "SQLITE_BUSY" ? "busy" : "storage";
}

if (parentPort !== null) {
  serve(parentPort, workerData);
}
