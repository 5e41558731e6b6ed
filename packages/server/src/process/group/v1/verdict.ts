import type { Component } from "./digest.js";

/** What v1 found to tell one problem from another. */
export interface Verdict {
  /** fingerprint, exception, stacktrace, template, message, security, checksum or fallback. */
  readonly basis: string;
  /** One plain sentence for people, without a full stop. */
  readonly summary: string;
  /** Shown and hashed. */
  readonly components: readonly Component[];
}
