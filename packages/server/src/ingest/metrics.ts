/** What ingest counts about itself since the process started; rendered as Prometheus text elsewhere. */
export class IngestMetrics {
  readonly #answers = new Map<string, { endpoint: string; status: number; count: number }>();
  readonly #items = new Map<string, { outcome: string; reason: string; count: number }>();
  #bytesReceived = 0;

  /** One request was answered. */
  answered(endpoint: string, status: number): void {
    const id = `${endpoint} ${status}`;
    const known = this.#answers.get(id);
    if (known) known.count += 1;
    else this.#answers.set(id, { endpoint, status, count: 1 });
  }

  /** Items left ingest: `accepted`, `rate_limited`, `invalid`, `skipped` (unknown types) or `lost` (counts only). */
  items(outcome: string, reason: string, count: number): void {
    const id = `${outcome} ${reason}`;
    const known = this.#items.get(id);
    if (known) known.count += count;
    else this.#items.set(id, { outcome, reason, count });
  }

  /** Body bytes as they came over the wire. */
  received(bytes: number): void {
    this.#bytesReceived += bytes;
  }

  /** All counters as they stand now. */
  snapshot(): IngestCounters {
    return {
      answers: [...this.#answers.values()].map((one) => ({ ...one })),
      items: [...this.#items.values()].map((one) => ({ ...one })),
      bytesReceived: this.#bytesReceived,
    };
  }
}

export interface IngestCounters {
  readonly answers: readonly { readonly endpoint: string; readonly status: number; readonly count: number }[];
  readonly items: readonly { readonly outcome: string; readonly reason: string; readonly count: number }[];
  readonly bytesReceived: number;
}
