import type { Grouping } from "../contract.js";
import type { GroupableEvent } from "./v1/event-shape.js";
import { groupEventV1 } from "./v1/group-event-v1.js";

type Algorithm = (event: GroupableEvent) => Grouping;

/** What new projects get, and projects whose algorithm this version does not know. */
export const NEWEST_ALGORITHM = "v1";

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([["v1", groupEventV1]]);

/**
 * The hashes which decide into which issue an event falls, the primary one first, and why. Pure but for caches;
 * never throws. An unknown algorithm name means the newest. Measured: see README.md.
 */
export function groupEvent(event: GroupableEvent, algorithm: string): Grouping {
  const group = ALGORITHMS.get(algorithm) ?? groupEventV1;
  return group(event);
}
