import { cleanText } from "./digest.js";
import type { GroupableEvent } from "./event-shape.js";
import { normalisePath } from "./path.js";
import type { Verdict } from "./verdict.js";

/** An error of a template engine (`template` of old Django clients): file and line of text. Undefined without one. */
export function groupByTemplateError(event: GroupableEvent): Verdict | undefined {
  const template = event.template;
  const path = template?.filename || template?.abs_path;
  if (!path) return undefined;
  const line = cleanText(template.context_line ?? "");
  return {
    basis: "template",
    summary: "Same line of the same template file",
    components: [
      { label: "template", value: normalisePath(path) },
      ...(line === "" ? [] : [{ label: "line", value: line }]),
    ],
  };
}
