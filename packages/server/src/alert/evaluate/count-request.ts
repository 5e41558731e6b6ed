/** A count a rule asks for: events or users of the occurrence's issue in a window that ends with the occurrence. */
export interface CountRequest {
  readonly measure: "events" | "users";
  readonly perMs: number;
  /** The window ends this long before the occurrence; 0 for the present one. */
  readonly shiftMs: number;
  /** Null means every environment. */
  readonly environments: readonly string[] | null;
}

/** Equal requests have equal keys. */
export function countKey({ measure, perMs, shiftMs, environments }: CountRequest): string {
  return JSON.stringify([measure, perMs, shiftMs, environments]);
}

/** Answers a request; undefined when it was not counted yet. */
export type CountLookup = (request: CountRequest) => number | undefined;
