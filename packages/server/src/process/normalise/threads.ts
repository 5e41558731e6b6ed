import { isRecord } from "@vedette/protocol";
import type { Thread, Values } from "@vedette/protocol";
import { bagLimits } from "./bag.js";
import { readThreadId } from "./exceptions.js";
import { Fields, valuesOf } from "./fields.js";
import type { Place } from "./notes.js";
import { normaliseStacktrace } from "./stacktrace.js";
import { textLimits } from "./text-limit.js";

/** Threads kept; crash reports of large apps carry a few hundred. */
const MAX_THREADS = 500;

/** Reads the threads (ingest sheet 6.4); undefined when there is none. */
export function normaliseThreads(sent: unknown, event: Place): Values<Thread> | undefined {
  const all = valuesOf(sent).filter(isRecord);
  if (all.length === 0) return undefined;
  const place = event.at("threads").at("values");
  if (all.length > MAX_THREADS) place.shortened(all.length);
  const values = all.slice(0, MAX_THREADS).map((raw, index) => readThread(new Fields(raw, place.at(index))));
  return { values };
}

function readThread(fields: Fields): Thread {
  return {
    id: readThreadId(fields.raw["id"]),
    name: fields.text("name", textLimits.name256),
    crashed: fields.flag("crashed"),
    current: fields.flag("current"),
    main: fields.flag("main"),
    state: fields.text("state", textLimits.name64),
    held_locks: fields.bag("held_locks", bagLimits.large),
    stacktrace: normaliseStacktrace(fields.object("stacktrace")),
  };
}
