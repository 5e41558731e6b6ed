import { isRecord } from "@vedette/protocol";
import type { Frame, Stacktrace } from "@vedette/protocol";
import { Fields } from "./fields.js";
import { normaliseFrame, readAddress } from "./frame.js";
import { textLimits } from "./text-limit.js";

/** Frames kept; the last ones are nearest to the crash. */
const MAX_FRAMES = 250;
/** Frames that keep their variables and source, half of them at either end. */
const MAX_DETAILED_FRAMES = 50;
const MAX_REGISTERS = 100;

/**
 * Reads a stack trace (ingest sheet 6.4): null frames are dropped, at most the last 250 kept, and of more than 50
 * the middle ones lose variables and source lines.
 *
 * @returns undefined when there is neither a frame nor a register
 */
export function normaliseStacktrace(fields: Fields | undefined): Stacktrace | undefined {
  if (fields === undefined) return undefined;
  const frames = readFrames(fields);
  const registers = readRegisters(fields.object("registers"));
  if (frames.length === 0 && registers === undefined) return undefined;
  return { frames, registers, lang: fields.text("lang", textLimits.name128) };
}

function readFrames(fields: Fields): readonly Frame[] {
  const sent = fields.raw["frames"];
  if (!Array.isArray(sent)) return [];
  const place = fields.place.at("frames");
  const records = sent.filter(isRecord);
  const kept = records.length > MAX_FRAMES ? records.slice(-MAX_FRAMES) : records;
  if (kept.length < records.length) place.shortened(records.length);
  const half = MAX_DETAILED_FRAMES / 2;
  const isDetailed = (index: number): boolean =>
    kept.length <= MAX_DETAILED_FRAMES || index < half || index >= kept.length - half;
  return kept.map((raw, index) => {
    const source = isDetailed(index) ? raw : withoutDetails(raw);
    return normaliseFrame(new Fields(source, place.at(index)));
  });
}

function withoutDetails(raw: Record<string, unknown>): Record<string, unknown> {
  return { ...raw, vars: undefined, pre_context: undefined, post_context: undefined };
}

function readRegisters(fields: Fields | undefined): Stacktrace["registers"] {
  if (fields === undefined) return undefined;
  const registers = Object.entries(fields.raw)
    .slice(0, MAX_REGISTERS)
    .flatMap(([name, value]) => {
      const address = readAddress(value);
      return address === undefined ? [] : [[name, address] as const];
    });
  return registers.length === 0 ? undefined : Object.fromEntries(registers);
}
