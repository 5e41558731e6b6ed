import type { ExceptionValue, NormalisedEvent } from "@vedette/protocol";
import { compileGlob } from "./glob.js";
import type { Glob } from "./glob.js";

interface ExceptionGlobs {
  readonly type: Glob;
  readonly value: Glob;
}

const glob = (pattern: string): Glob => compileGlob(pattern, { ignoreCase: true });

/** How bundlers say that a piece of a page's script is gone, as happens after each deployment (ingest sheet 9). */
const CHUNK_LOAD_ERRORS: readonly ExceptionGlobs[] = [
  { type: glob("ChunkLoadError"), value: glob("Loading chunk *") },
  { type: glob("*Uncaught *"), value: glob("ChunkLoadError: Loading chunk *") },
  { type: glob("*"), value: glob("Failed to load chunk *") },
  { type: glob("Error"), value: glob("Uncaught (in promise): ChunkLoadError*") },
];

/**
 * React's complaints that server and browser rendered differently: errors 418, 419, 421, 422, 423 and 425, by the
 * address of their explanation or in the words of the development build.
 */
const HYDRATION =
  /(?:reactjs\.org\/docs\/error-decoder(?:\.html)?\?invariant=|react\.dev\/errors\/)(?:418|419|42[1235])\b|hydration failed because|error while hydrating|text content does not match server-rendered html|could not finish this suspense boundary|received an update before it finished hydrating/i;

/** True when one of the exceptions is a failed load of a script chunk. */
export function isChunkLoadError(event: NormalisedEvent): boolean {
  return exceptionsOf(event).some(({ type = "", value = "" }) =>
    CHUNK_LOAD_ERRORS.some((globs) => globs.value(value) && globs.type(type)),
  );
}

/** True when one of the exceptions is a React hydration error. */
export function isHydrationError(event: NormalisedEvent): boolean {
  return exceptionsOf(event).some(({ value }) => value !== undefined && HYDRATION.test(value));
}

function exceptionsOf(event: NormalisedEvent): readonly ExceptionValue[] {
  return event.exception?.values ?? [];
}
