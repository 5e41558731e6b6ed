import { isRecord } from "@vedette/protocol";
import type { Breadcrumb, Values } from "@vedette/protocol";
import { bagLimits } from "./bag.js";
import { Fields, valuesOf } from "./fields.js";
import { toLevel } from "./level-platform.js";
import type { Place } from "./notes.js";
import { textLimits } from "./text-limit.js";

/** Breadcrumbs kept, the newest; SDKs stop at 100 unless told otherwise. */
const MAX_BREADCRUMBS = 500;

/** Brings a time as sent to corrected seconds since 1970; undefined when it is no time. */
export type ToSeconds = (value: unknown) => number | undefined;

/** Reads the breadcrumbs, oldest first (ingest sheet 6.12); undefined when there is none. */
export function normaliseBreadcrumbs(
  sent: unknown,
  event: Place,
  toSeconds: ToSeconds,
): Values<Breadcrumb> | undefined {
  const all = valuesOf(sent).filter(isRecord);
  if (all.length === 0) return undefined;
  const place = event.at("breadcrumbs").at("values");
  if (all.length > MAX_BREADCRUMBS) place.shortened(all.length);
  const kept = all.length > MAX_BREADCRUMBS ? all.slice(-MAX_BREADCRUMBS) : all;
  return { values: kept.map((raw, index) => readBreadcrumb(new Fields(raw, place.at(index)), toSeconds)) };
}

function readBreadcrumb(fields: Fields, toSeconds: ToSeconds): Breadcrumb {
  return {
    timestamp: toSeconds(fields.raw["timestamp"]),
    type: fields.text("type", textLimits.name128) ?? fields.text("ty", textLimits.name128),
    category: fields.text("category", textLimits.name128),
    level: toLevel(fields.raw["level"]) ?? "info",
    message: fields.text("message", textLimits.message),
    data: fields.bag("data", bagLimits.medium),
    event_id: fields.text("event_id", textLimits.name64),
    origin: fields.text("origin", textLimits.name128),
  };
}
