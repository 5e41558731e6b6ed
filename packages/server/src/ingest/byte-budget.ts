/** Bytes that all requests in flight may hold together, so that many large bodies cannot exhaust memory. */
export class ByteBudget {
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** A share of the budget for one request; it starts empty. */
  open(): ByteShare {
    let held = 0;
    let closed = false;
    return {
      take: (bytes) => {
        // A request that ended gets nothing more: nobody would give it back.
        if (closed || this.#usedBytes + bytes > this.#maxBytes) return false;
        this.#usedBytes += bytes;
        held += bytes;
        return true;
      },
      close: () => {
        closed = true;
        this.#usedBytes -= held;
        held = 0;
      },
    };
  }
}

export interface ByteShare {
  /** Takes more bytes; false when the budget does not have them (nothing is taken then). */
  take(bytes: number): boolean;
  /** Gives everything back. Safe to call twice. */
  close(): void;
}
