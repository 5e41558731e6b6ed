export type { EventStore } from "./events/port.js";
export type { BlobStore } from "./blobs/port.js";
export type { Meta } from "./meta/schema.js";
