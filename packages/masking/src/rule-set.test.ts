import * as fc from "fast-check";
import { expect, it } from "vitest";
import { resolveOptions } from "./options.js";
import { hintSources, selectDetectors } from "./rule-set.js";

const parts = fc.constantFrom(
  ..."Bearer |bearer\t|4111111111111111|4 1 1 1 1 1 1 1-1-1-1-1-1-1-1-1|DE89 3704 0044 0532 0130 00|NO9386011117947".split(
    "|",
  ),
  ..."078-05-1120|://|:b@|user@example.com|/home/ana/|C:\\Users\\ana\\|-----BEGIN EC KEY-----|abc|-----END".split(
    "|",
  ),
  ...'10.0.0.1|2001:db8::1|::1|::ffff:1.1.1.1|1:2:3:4:5:6:7:8|password|apikey|=x|token|": "| |1|;'.split("|"),
);
const text = fc
  .array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 6 })
  .map((found) => found.join(""));

it.each([
  ["value", "filtered"],
  ["value", "masked"],
  ["body", "filtered"],
  ["body", "masked"],
] as const)("hints at every %s that a detector of the %s style would change", (place, style) => {
  const options = resolveOptions({ style, scrubIpAddresses: true });
  const hint = new RegExp(hintSources(options, place).join("|"), "i");
  const detectors = selectDetectors(options, place);
  fc.assert(
    fc.property(text, (candidate) => {
      const rules = detectors.filter(({ find }) => find(candidate).length > 0).map(({ rule }) => rule);
      expect(hint.test(candidate) ? [] : rules).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
