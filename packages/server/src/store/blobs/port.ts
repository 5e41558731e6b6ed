/** Large and opaque things: attachments, dumps, raw profiles, replay segments. Keys are made by us, never by a client. */
export interface BlobStore {
  /** Stores and makes durable; overwriting with the same key is allowed. */
  put(key: string, body: Buffer): Promise<void>;
  /** Null when there is no such blob. */
  get(key: string): Promise<Buffer | null>;
  delete(key: string): Promise<void>;
}
