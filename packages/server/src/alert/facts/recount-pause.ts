const pauseMs = 5_000;
const maxRemembered = 10_000;

/**
 * While a rule is held back by its interval, its outcome for a busy issue changes only a figure in the history. Counting
 * events for that with every batch would be the most expensive thing alert does, so it is done every five seconds.
 */
export class RecountPause {
  readonly #countedAt = new Map<string, number>();

  /** @returns whether to count now, and notes that it is done then */
  mayCount(ruleId: number, issueId: number, now: number): boolean {
    const key = `${ruleId}/${issueId}`;
    const at = this.#countedAt.get(key);
    if (at !== undefined && now - at < pauseMs) return false;
    if (this.#countedAt.size >= maxRemembered) this.#countedAt.clear();
    this.#countedAt.set(key, now);
    return true;
  }
}
