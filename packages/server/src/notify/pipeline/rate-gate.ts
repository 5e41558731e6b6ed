import type { Pause } from "../port.js";

/**
 * Remembers until when nothing may be sent, per destination and per service. It lives in memory: after a restart the
 * first answer tells again.
 */
export class RateGate {
  readonly #openAt = new Map<string, number>();

  /** Milliseconds until both are open; 0 when they are. */
  waitMs(keys: GateKeys, nowMs: number): number {
    const openAt = Math.max(this.#openAt.get(keys.rateKey) ?? 0, this.#openAt.get(serviceKey(keys)) ?? 0);
    return Math.max(0, openAt - nowMs);
  }

  /** Closes for as long as an answer said; a shorter pause never shortens a longer one. */
  close(keys: GateKeys, pause: Pause, nowMs: number): void {
    const key = pause.scope === "service" ? serviceKey(keys) : keys.rateKey;
    this.#openAt.set(key, Math.max(this.#openAt.get(key) ?? 0, nowMs + pause.ms));
    for (const [other, openAt] of this.#openAt) {
      if (openAt <= nowMs) this.#openAt.delete(other);
    }
  }
}

interface GateKeys {
  readonly rateKey: string;
  readonly service: string;
}

function serviceKey({ service }: GateKeys): string {
  return `service:${service}`;
}
