import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";

function firstFrame(frame: Record<string, unknown>) {
  return normalised({ exception: [{ type: "E", stacktrace: { frames: [frame] } }] }).exception?.values[0]
    ?.stacktrace?.frames[0];
}

describe("exceptions", () => {
  it.each([
    [{ values: [{ type: "A" }, { type: "B" }] }, ["A", "B"]],
    [
      [{ type: "A" }, null, { type: "B" }],
      ["A", "B"],
    ],
    [{ type: "A" }, ["A"]],
    [{ values: { type: "A" } }, ["A"]],
  ])("reads the list form %j", (exception, types) => {
    expect(normalised({ exception }).exception?.values.map(({ type }) => type)).toEqual(types);
  });

  it.each([{}, [], null, { values: [] }, { values: null }, "text", [null]])(
    "finds none in %j",
    (exception) => {
      expect(normalised({ exception }).exception).toBeUndefined();
    },
  );

  it.each([
    [{ type: "", value: "TypeError: x is not a function" }, "TypeError", "x is not a function"],
    [{ value: "no type here" }, undefined, "no type here"],
    [{ type: "E", value: { code: 1 } }, "E", '{"code":1}'],
    [{ type: "E", value: 42 }, "E", "42"],
    [{ type: "E", value: "" }, "E", undefined],
  ])("reads type and value of %j", (exception, type, value) => {
    expect(normalised({ exception }).exception?.values[0]).toMatchObject({ type, value });
  });

  it("drops and notes an entry without type and value", () => {
    const event = normalised({ exception: [{ module: "m" }, { type: "B" }] });
    expect(event.exception?.values).toHaveLength(1);
    expect(event.errors).toMatchObject([{ name: "exception.values.0" }]);
  });

  it("gives the deprecated top-level trace to a single exception without one", () => {
    const stacktrace = { frames: [{ function: "f" }] };
    const event = normalised({ exception: [{ type: "E" }], stacktrace });
    expect(event.exception?.values[0]?.stacktrace?.frames[0]?.function).toBe("f");
    expect(event.stacktrace).toBeUndefined();
    expect(normalised({ stacktrace }).stacktrace?.frames).toHaveLength(1);
  });

  it("keeps the last 250 frames and takes variables and source from the middle of many", () => {
    const frames = Array.from({ length: 300 }, (_, index) => ({
      function: `f${index}`,
      vars: { a: 1 },
      pre_context: ["x"],
      context_line: "y",
    }));
    const kept = normalised({ exception: [{ type: "E", stacktrace: { frames } }] }).exception?.values[0]
      ?.stacktrace;
    expect(kept?.frames).toHaveLength(250);
    expect(kept?.frames.at(-1)?.function).toBe("f299");
    expect(kept?.frames.filter(({ vars }) => vars !== undefined)).toHaveLength(50);
    expect(kept?.frames[100]).toMatchObject({ vars: undefined, pre_context: undefined, context_line: "y" });
  });

  it("cuts a value over 8192 characters without splitting a character", () => {
    const value = `${"a".repeat(8188)}😀${"b".repeat(1000)}`;
    const cut = normalised({ exception: [{ type: "E", value }] }).exception?.values[0]?.value ?? "";
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(8192);
    expect(cut.endsWith("...")).toBe(true);
  });
});

describe("frames", () => {
  it.each([
    [{ filename: "app/x.py" }, "app/x.py", "app/x.py"],
    [{ abs_path: "/srv/x.py" }, "/srv/x.py", "/srv/x.py"],
    [{ filename: "https://x.io/a/b.js?v=1#h" }, "/a/b.js", "https://x.io/a/b.js?v=1#h"],
    [{ filename: "https://x.io" }, "/", "https://x.io"],
    [{ filename: "b.js", abs_path: "https://x.io/b.js" }, "b.js", "https://x.io/b.js"],
    [{ filename: "app:///main.js" }, "/main.js", "app:///main.js"],
    [{ filename: "<anonymous>" }, "<anonymous>", "<anonymous>"],
  ])("reads the paths of %j", (frame, filename, absPath) => {
    expect(firstFrame(frame)).toMatchObject({ filename, abs_path: absPath });
  });

  it.each([
    ["12", 12],
    [12.7, 12],
    [0, 0],
    [-1, undefined],
    ["twelve", undefined],
  ])("reads the line number %j as %s", (lineno, expected) => {
    expect(firstFrame({ lineno })?.lineno).toBe(expected);
  });

  it("reads addresses from hex text and numbers", () => {
    expect(firstFrame({ instruction_addr: "0xDEAD", symbol_addr: 4096, image_addr: "no" })).toMatchObject({
      instruction_addr: "0xdead",
      symbol_addr: "0x1000",
      image_addr: undefined,
    });
  });

  it("numbers the variables of a list, and cuts large ones", () => {
    expect(firstFrame({ vars: ["a", 1] })?.vars).toEqual({ "0": "a", "1": 1 });
    const vars = firstFrame({ vars: { big: "x".repeat(5000), small: 1 } })?.vars;
    expect(JSON.stringify(vars).length).toBeLessThan(2100);
  });

  it("keeps empty lines of source in their place", () => {
    expect(firstFrame({ pre_context: ["a", null, ""], context_line: "" })).toMatchObject({
      pre_context: ["a", "", ""],
      context_line: "",
    });
  });
});

describe("mechanism", () => {
  const mechanismOf = (mechanism: unknown, platform = "native") =>
    normalised({ platform, exception: [{ type: "E", mechanism }] }).exception?.values[0]?.mechanism;

  it("keeps handled as true, false or unknown", () => {
    expect(mechanismOf({ type: "onerror", handled: false })).toMatchObject({
      type: "onerror",
      handled: false,
    });
    expect(mechanismOf({ type: "generic", handled: true })?.handled).toBe(true);
    expect(mechanismOf({ type: "generic", handled: null })?.handled).toBeUndefined();
  });

  it("reads the legacy shape as generic and names signals by platform", () => {
    expect(mechanismOf({ posix_signal: { signal: 11 } })).toMatchObject({
      type: "generic",
      meta: { signal: { number: 11, name: "SIGSEGV" } },
    });
    expect(mechanismOf({ type: "signal", meta: { signal: { number: 7 } } })?.meta).toEqual({
      signal: { number: 7, name: "SIGBUS" },
    });
    expect(
      mechanismOf(
        { type: "mach", meta: { signal: { number: 10 }, mach_exception: { exception: 1 } } },
        "cocoa",
      )?.meta,
    ).toEqual({
      signal: { number: 10, name: "SIGBUS" },
      mach_exception: { exception: 1, name: "EXC_BAD_ACCESS" },
    });
  });

  it("keeps the tree of an exception group", () => {
    expect(
      mechanismOf({
        type: "chained",
        exception_id: 1,
        parent_id: 0,
        source: "errors[0]",
        is_exception_group: true,
      }),
    ).toMatchObject({ exception_id: 1, parent_id: 0, source: "errors[0]", is_exception_group: true });
  });
});

describe("threads", () => {
  it("reads ids of both kinds and their traces", () => {
    const event = normalised({
      threads: {
        values: [
          { id: 1, crashed: true, name: "main" },
          { id: "w", stacktrace: { frames: [{ function: "f" }] } },
        ],
      },
    });
    expect(event.threads?.values).toMatchObject([
      { id: 1, crashed: true, name: "main" },
      { id: "w", stacktrace: { frames: [{ function: "f" }] } },
    ]);
  });
});
