import type { Grouping } from "../../contract.js";
import { cleanText, digestOf, digestText } from "./digest.js";
import type { GroupableEvent } from "./event-shape.js";
import { groupByException } from "./exception.js";
import { fingerprintComponents, refinesDefault } from "./fingerprint.js";
import { messageKey } from "./message.js";
import { groupBySecurityReport } from "./security.js";
import { groupByTemplateError } from "./template-error.js";
import { groupByThread, hasCrashedThread } from "./threads.js";
import type { Verdict } from "./verdict.js";

const ALGORITHM = "v1";

/**
 * Grouping, first version. Its meaning is frozen: golden hashes in `golden.test.ts` hold it, and a change of mind
 * is a v2 beside it. Order: checksum, fingerprint, then the event's own evidence. Never throws.
 */
export function groupEventV1(event: GroupableEvent): Grouping {
  return groupByChecksum(event) ?? groupByFingerprint(event) ?? toGrouping(defaultVerdict(event));
}

/** What the event itself says, before any wish of the sender. */
function defaultVerdict(event: GroupableEvent): Verdict {
  return (
    groupBySecurityReport(event) ??
    groupByException(event) ??
    groupByTemplateError(event) ??
    // A crashed thread is the crash; any other stack merely shows where a message was sent.
    (hasCrashedThread(event) ? groupByThread(event) : undefined) ??
    groupByMessage(event) ??
    groupByThread(event) ??
    fallback(event)
  );
}

function groupByMessage(event: GroupableEvent): Verdict | undefined {
  const key = messageKey(event.logentry);
  if (!key) return undefined;
  const summary =
    key.basis === "template"
      ? "Same message template"
      : "Same message once numbers, ids and other values are set aside";
  // One label for both, so that a template and the text it makes can meet when nothing was filled in.
  return { basis: key.basis, summary, components: [{ label: "message", value: key.text }] };
}

/** Nothing tells such events apart but where they come from. */
function fallback(event: GroupableEvent): Verdict {
  return {
    basis: "fallback",
    summary: "The event has neither exception, stack nor message; grouped by where it comes from",
    components: [
      { label: "type", value: cleanText(event.type ?? "") },
      { label: "logger", value: cleanText(event.logger ?? "") },
      { label: "transaction", value: cleanText(event.transaction ?? "") },
    ],
  };
}

/** `checksum` of the sender is the grouping itself. Undefined without one. */
function groupByChecksum(event: GroupableEvent): Grouping | undefined {
  const { checksum } = event;
  if (!checksum) return undefined;
  const hash = /^[0-9a-f]{32}$/i.test(checksum) ? checksum.toLowerCase() : digestText(checksum);
  return {
    hashes: [hash],
    explanation: {
      algorithm: ALGORITHM,
      basis: "checksum",
      summary: "Same checksum given by the sender",
      components: [{ label: "checksum", value: cleanText(checksum) }],
    },
  };
}

/** The hash of a fingerprint without `{{ default }}` stays the same in every later algorithm. */
function groupByFingerprint(event: GroupableEvent): Grouping | undefined {
  let inner: Grouping | undefined;
  const components = fingerprintComponents(event, () => {
    inner ??= toGrouping(defaultVerdict(event));
    return inner.hashes[0] ?? "";
  });
  if (!components) return undefined;
  const refines = refinesDefault(event);
  const shown = components.map(({ label, value }) => ({
    label,
    value: value.replace(/\{\{ default [0-9a-f]{32} \}\}/g, "{{ default }}"),
  }));
  return {
    hashes: [digestOf(components)],
    explanation: {
      algorithm: ALGORITHM,
      basis: "fingerprint",
      summary: refines
        ? `Same fingerprint given by the sender, within: ${inner?.explanation.summary ?? "the default grouping"}`
        : "Same fingerprint given by the sender",
      components: [...shown, ...(inner?.explanation.components ?? [])],
    },
  };
}

function toGrouping({ basis, summary, components }: Verdict): Grouping {
  return {
    hashes: [digestOf(components)],
    explanation: { algorithm: ALGORITHM, basis, summary, components },
  };
}
