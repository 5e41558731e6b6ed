/** `filtered`: the texts Sentry users know (`[Filtered]`, `[email]`). `masked`: the forms of S0.11 (`us***@example.com`). */
export type MaskingStyle = "filtered" | "masked";

/** What a project (or an application, through the kit) wants masked. Names follow the project settings. */
export interface ScrubberOptions {
  /** Master switch of `scrubDefaults` and `scrubIpAddresses`; `sensitiveFields` work without it. Default true. */
  readonly scrubData?: boolean;
  /** Apply the built-in rules. Default true. */
  readonly scrubDefaults?: boolean;
  /** Remove address fields and write `[ip]` over addresses in text. Default false. */
  readonly scrubIpAddresses?: boolean;
  /** Case-insensitive parts of a key or of a value; the whole value goes. Blank entries are ignored. Default []. */
  readonly sensitiveFields?: readonly string[];
  /** Keys, or dotted paths without list positions (`request.data.author`), that stay as sent. Default []. */
  readonly safeFields?: readonly string[];
  /** Which replacement texts are written. Default `filtered`. */
  readonly style?: MaskingStyle;
  /** More key parts for the built-in set of secret keys (values are not searched for them). Default []. */
  readonly extraKeys?: readonly string[];
}

export type ResolvedOptions = Readonly<Required<ScrubberOptions>>;

/** Returns frozen options with every default filled in and lists trimmed, lower-cased and without blanks. */
export function resolveOptions(options: ScrubberOptions): ResolvedOptions {
  const scrubData = options.scrubData ?? true;
  return Object.freeze({
    scrubData,
    scrubDefaults: scrubData && (options.scrubDefaults ?? true),
    scrubIpAddresses: scrubData && (options.scrubIpAddresses ?? false),
    sensitiveFields: normaliseList(options.sensitiveFields),
    safeFields: normaliseList(options.safeFields),
    style: options.style ?? "filtered",
    extraKeys: normaliseList(options.extraKeys),
  });
}

function normaliseList(entries: readonly string[] = []): readonly string[] {
  const trimmed = entries.map((entry) => entry.trim().toLowerCase());
  return Object.freeze([...new Set(trimmed)].filter((entry) => entry !== ""));
}
