import { normaliseEventId } from "./event-id.js";
import { isRecord } from "./json.js";

/** The dynamic sampling context of an envelope's `trace` header, decided by the service that started the trace. */
export interface TraceContext {
  /** 32 lower-case hex characters. */
  readonly traceId: string;
  /** Key of the project that started the trace; may belong to another project than the envelope. */
  readonly publicKey: string;
  /** 0 to 1. */
  readonly sampleRate?: number;
  /** 0 to below 1; the trace is sampled when this is below the rate. */
  readonly sampleRand?: number;
  readonly sampled?: boolean;
  readonly release?: string;
  readonly environment?: string;
  /** Name of the root transaction; absent when it is only a URL. */
  readonly transaction?: string;
  readonly replayId?: string;
  readonly orgId?: string;
}

/**
 * Reads the `trace` value of an envelope header
 * (https://develop.sentry.dev/sdk/foundations/trace-propagation/dynamic-sampling-context/).
 *
 * Rates may be text or numbers. A field that cannot be read is left out; without a trace id and a public key
 * the whole context is null, which is never an error: Go sends `{}`.
 */
export function parseTraceContext(value: unknown): TraceContext | null {
  if (!isRecord(value)) return null;
  const traceId = idOf(value["trace_id"]);
  const publicKey = textOf(value["public_key"]);
  if (traceId === undefined || publicKey === undefined) return null;
  const optional = {
    sampleRate: fractionOf(value["sample_rate"]),
    sampleRand: fractionOf(value["sample_rand"]),
    sampled: flagOf(value["sampled"]),
    release: textOf(value["release"]),
    environment: textOf(value["environment"]),
    transaction: textOf(value["transaction"] ?? value["segment_name"]),
    replayId: idOf(value["replay_id"]),
    orgId: textOf(value["org_id"]),
  };
  const present = Object.entries(optional).filter(([, field]) => field !== undefined);
  return { traceId, publicKey, ...Object.fromEntries(present) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string" ? (normaliseEventId(value) ?? undefined) : undefined;
}

function fractionOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number <= 1 ? number : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : undefined;
}
