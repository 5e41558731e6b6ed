import type { Arbitrary } from "fast-check";
import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  jsonValue,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { markInApp } from "../mark-in-app.js";
import { topFrameOf } from "../top-frame.js";
import type { ExceptionShape, FrameShape, GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

const PLATFORMS = [
  "python",
  "javascript",
  "node",
  "java",
  "go",
  "ruby",
  "php",
  "csharp",
  "native",
  "cocoa",
  "elixir",
  "dart",
  "perl",
  "other",
  "x",
];

const text = oneof(
  string({ unit: "binary", maxLength: 60 }),
  constantFrom(
    "main.8f3a2b1c.js",
    "lambda$x$1",
    "<lambda>",
    "{closure}",
    "a::<b>::c",
    "node:events",
    "/app/x/y.py",
    "",
    "'",
    '"',
    "<",
  ),
);
const maybe = <T>(value: Arbitrary<T>): Arbitrary<T | undefined | null> =>
  oneof(value, constant(undefined), constant(null));

const frame: Arbitrary<FrameShape> = record(
  {
    filename: maybe(text),
    abs_path: maybe(text),
    function: maybe(text),
    module: maybe(text),
    package: maybe(text),
    context_line: maybe(text),
    in_app: maybe(boolean()),
    platform: maybe(constantFrom(...PLATFORMS)),
    lineno: maybe(nat()),
    instruction_addr: maybe(oneof(text, nat())),
    image_addr: maybe(oneof(text, nat())),
  },
  { requiredKeys: [] },
);
const stack = record({ frames: maybe(array(oneof(frame, constant(null)), { maxLength: 12 })) });

const exception: Arbitrary<ExceptionShape> = record(
  {
    type: maybe(text),
    value: maybe(text),
    stacktrace: maybe(stack),
    mechanism: maybe(
      record(
        {
          synthetic: maybe(boolean()),
          source: maybe(text),
          exception_id: maybe(nat(4)),
          parent_id: maybe(nat(4)),
          is_exception_group: maybe(boolean()),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);

const event: Arbitrary<GroupableEvent> = record(
  {
    type: maybe(constantFrom("error", "default", "csp", "nel")),
    platform: maybe(constantFrom(...PLATFORMS)),
    logger: maybe(text),
    transaction: maybe(text),
    logentry: maybe(record({ message: maybe(text), formatted: maybe(text), params: jsonValue() })),
    exception: maybe(record({ values: maybe(array(oneof(exception, constant(null)), { maxLength: 5 })) })),
    threads: maybe(
      record({
        values: maybe(
          array(
            record({
              crashed: maybe(boolean()),
              current: maybe(boolean()),
              stacktrace: maybe(stack),
            }),
            { maxLength: 3 },
          ),
        ),
      }),
    ),
    stacktrace: maybe(stack),
    tags: maybe(array(tuple(text, text), { maxLength: 3 })),
    fingerprint: maybe(
      array(oneof(text, constantFrom("{{ default }}", "{{ stack.function }}", "{{ tags.a }}", "{{")), {
        maxLength: 3,
      }),
    ),
    template: maybe(frame),
    csp: maybe(jsonValue()),
  },
  { requiredKeys: [] },
);

describe("grouping of any event", () => {
  it("never throws and gives one well-formed hash and an explanation", () => {
    assert(
      property(event, (one) => {
        const { hashes, explanation } = groupEventV1(one);
        expect(hashes).toHaveLength(1);
        expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
        expect(explanation.summary).not.toBe("");
        for (const component of explanation.components) expect(typeof component.value).toBe("string");
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same hash before and after frames are marked", () => {
    assert(
      property(event, (one) => {
        const before = groupEventV1(one);
        markInApp(one);
        expect(groupEventV1(one)).toEqual(before);
        const marked = structuredClone(one);
        markInApp(one);
        expect(one).toEqual(marked);
      }),
      { numRuns: 500 },
    );
  });

  it("ignores line numbers", () => {
    assert(
      property(event, nat(), (one, lineno) => {
        const before = groupEventV1(one).hashes;
        const moved: unknown = JSON.parse(JSON.stringify(one), (key, value: unknown) =>
          key === "lineno" ? lineno : value,
        );
        // JSON replaces lone surrogates by nothing else than themselves, so only lines differ.
        expect(groupEventV1(moved as GroupableEvent).hashes).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it("ignores the order of fields", () => {
    assert(
      property(event, (one) => {
        const turned = Object.fromEntries(Object.entries(one).toReversed());
        expect(groupEventV1(turned).hashes).toEqual(groupEventV1(one).hashes);
      }),
      { numRuns: 200 },
    );
  });

  it("finds a top frame whenever there is one", () => {
    assert(
      property(array(frame, { minLength: 1, maxLength: 8 }), (frames) => {
        expect(
          topFrameOf({ platform: "python", exception: { values: [{ type: "E", stacktrace: { frames } }] } }),
        ).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});
