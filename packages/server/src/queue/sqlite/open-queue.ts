import { resolve } from "node:path";
import type { QueueReader, QueueWriter } from "../port.js";
import { openReadingFile } from "./queue-file.js";
import { SqliteQueueReader } from "./sqlite-queue-reader.js";
import { SqliteQueueWriter } from "./sqlite-queue-writer.js";

export interface QueueWriterOptions {
  /** The queue's file; it and its folder are made when missing. */
  path: string;
  /** Bytes which may wait in memory for the disk before `append` refuses; default 64 MiB. */
  maxPendingBytes?: number;
  /**
   * Bytes which must be free on the disk, else `append` refuses; default 64 MiB. On a disk that is full to the last
   * byte, records could not even be trimmed.
   */
  minFreeBytes?: number;
  /** Told in a sentence when a damaged file was set aside. Default: nothing. */
  onRepair?: (message: string) => void;
  /** Told when the writer's thread ended by itself; all later appends are refused. Default: nothing. */
  onFailure?: (error: Error) => void;
}

export interface QueueReaderOptions {
  path: string;
  /** Space which trimmed records leave in the file for the next ones; more is given back. Default 64 MiB. */
  keepFreeBytes?: number;
}

/** Starts the writing thread; resolves when it can append. One writer and any number of readers per file. */
export function openQueueWriter(options: QueueWriterOptions): Promise<QueueWriter> {
  return SqliteQueueWriter.start({ ...options, path: resolve(options.path) });
}

/**
 * Opens the reading side, in any thread or process of the machine. Open the writer first: it repairs.
 *
 * @throws QueueError `corrupt` when the file is no queue
 */
export async function openQueueReader(options: QueueReaderOptions): Promise<QueueReader> {
  const path = resolve(options.path);
  return new SqliteQueueReader({ ...options, path, database: await openReadingFile(path) });
}
