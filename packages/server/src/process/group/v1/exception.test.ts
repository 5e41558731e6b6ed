import { describe, expect, it } from "vitest";
import type { ExceptionShape, FrameShape, GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

const frame = (name: string, more: FrameShape = {}): FrameShape => ({
  module: "shop.cart",
  function: name,
  in_app: true,
  ...more,
});
const raised = (type: string, at?: string, more: Partial<ExceptionShape> = {}): ExceptionShape => ({
  type,
  value: "went wrong",
  ...(at === undefined ? {} : { stacktrace: { frames: [frame(at)] } }),
  ...more,
});
const event = (...values: ExceptionShape[]): GroupableEvent => ({
  platform: "python",
  exception: { values },
});
const hash = (one: GroupableEvent): string | undefined => groupEventV1(one).hashes[0];

describe("chains of exceptions", () => {
  it("counts types and frames of every link", () => {
    const base = hash(event(raised("KeyError", "find"), raised("CartError", "total")));
    expect(hash(event(raised("KeyError", "find"), raised("CartError", "total")))).toBe(base);
    expect(hash(event(raised("ValueError", "find"), raised("CartError", "total")))).not.toBe(base);
    expect(hash(event(raised("KeyError", "load"), raised("CartError", "total")))).not.toBe(base);
    expect(hash(event(raised("CartError", "total")))).not.toBe(base);
  });

  it("tells cause from effect", () => {
    expect(hash(event(raised("A", "x"), raised("B", "x")))).not.toBe(
      hash(event(raised("B", "x"), raised("A", "x"))),
    );
  });

  it("is explained from the raised exception to its cause", () => {
    const { explanation } = groupEventV1(event(raised("KeyError", "find"), raised("CartError", "total")));
    expect(explanation).toEqual({
      algorithm: "v1",
      basis: "exception",
      summary: "Same chain of exception types and same in-app frames",
      components: [
        { label: "exception", value: "CartError" },
        { label: "frame", value: "shop.cart in total" },
        { label: "caused by", value: "KeyError" },
        { label: "frame", value: "shop.cart in find" },
      ],
    });
  });

  it("does not depend on how often an endless chain is wrapped", () => {
    const wrapped = (depth: number): ExceptionShape[] =>
      Array.from({ length: depth }, () => raised("Wrapped", "retry"));
    expect(hash(event(...wrapped(20)))).toBe(hash(event(...wrapped(200))));
  });
});

describe("a single exception", () => {
  it("groups by type and message when no stack came with it", () => {
    const of = (value: string): string | undefined => hash(event(raised("HTTPError", undefined, { value })));
    expect(of("user 5 gone")).toBe(of("user 6 gone"));
    expect(of("user 5 gone")).not.toBe(of("disk full"));
    expect(groupEventV1(event(raised("HTTPError"))).explanation.summary).toBe(
      "Same exception type and same message without its values",
    );
  });

  it("ignores the type of a synthetic exception", () => {
    const synthetic = { mechanism: { synthetic: true } };
    expect(hash(event(raised("SIGSEGV", "total", synthetic)))).toBe(
      hash(event(raised("SIGBUS", "total", synthetic))),
    );
    expect(hash(event(raised("SIGSEGV", "total", synthetic)))).not.toBe(
      hash(event(raised("SIGSEGV", "add", synthetic))),
    );
  });

  it("reads the message of a synthetic exception without stack", () => {
    const of = (value: string): string | undefined =>
      hash(event(raised("E", undefined, { value, mechanism: { synthetic: true } })));
    expect(of("a 1")).toBe(of("a 2"));
    expect(of("a 1")).not.toBe(of("b 1"));
  });

  it("groups by message when there is no type", () => {
    expect(hash(event({ value: "job 5 failed" }))).toBe(hash(event({ value: "job 6 failed" })));
  });

  it("takes all frames and says so when none is in-app", () => {
    const foreign = raised("E", undefined, { stacktrace: { frames: [frame("get", { in_app: false })] } });
    const { explanation } = groupEventV1(event(foreign));
    expect(explanation.basis).toBe("stacktrace");
    expect(explanation.summary).toBe(
      "Same exception type and same frames (no frame is the application's own)",
    );
  });

  it("borrows the crashed thread's stack when it has none", () => {
    const crash = (name: string): GroupableEvent => ({
      ...event(raised("Abort")),
      threads: {
        values: [
          { crashed: true, stacktrace: { frames: [frame(name)] } },
          { stacktrace: { frames: [frame("idle")] } },
        ],
      },
    });
    expect(hash(crash("total"))).toBe(hash(event(raised("Abort", "total"))));
    expect(hash(crash("total"))).not.toBe(hash(crash("add")));
  });

  it("says what to do about a minified stack", () => {
    const one = {
      type: "TypeError",
      value: "x",
      stacktrace: { frames: [{ filename: "/main.8f3a2b1c.js", function: "t" }] },
    };
    const { explanation } = groupEventV1({ platform: "javascript", exception: { values: [one] } });
    expect(explanation.summary).toContain("source maps");
    expect(explanation.components).toContainEqual({ label: "frame", value: "main.js in <minified>" });
  });

  it("survives entries that say nothing", () => {
    const values = [null, {}, raised("E", "total"), null];
    expect(groupEventV1({ platform: "python", exception: { values } }).hashes[0]).toBe(
      hash(event(raised("E", "total"))),
    );
    expect(
      groupEventV1({ exception: { values: [{}] }, logentry: { formatted: "m" } }).explanation.basis,
    ).toBe("message");
  });
});

describe("groups of exceptions", () => {
  const group = (id = 0, parent?: number): ExceptionShape => ({
    type: "ExceptionGroup",
    value: "many",
    stacktrace: { frames: [frame("gather")] },
    mechanism: {
      exception_id: id,
      is_exception_group: true,
      ...(parent === undefined ? {} : { parent_id: parent }),
    },
  });
  const member = (
    type: string,
    at: string,
    ids: { id: number; parent?: number; source?: string },
  ): ExceptionShape =>
    raised(type, at, {
      mechanism: {
        exception_id: ids.id,
        parent_id: ids.parent ?? 0,
        source: ids.source ?? `exceptions[${ids.id}]`,
      },
    });

  it("do not depend on the order of their members", () => {
    expect(hash(event(member("B", "y", { id: 2 }), member("A", "x", { id: 1 }), group()))).toBe(
      hash(event(member("A", "x", { id: 2 }), member("B", "y", { id: 1 }), group())),
    );
  });

  it("do not depend on how often a member occurs", () => {
    expect(
      hash(
        event(member("A", "x", { id: 3 }), member("B", "y", { id: 2 }), member("A", "x", { id: 1 }), group()),
      ),
    ).toBe(hash(event(member("A", "x", { id: 2 }), member("B", "y", { id: 1 }), group())));
  });

  it("of one kind are that kind", () => {
    const alone = hash(event(raised("A", "x")));
    expect(hash(event(member("A", "x", { id: 1 }), group()))).toBe(alone);
    expect(hash(event(member("A", "x", { id: 2 }), member("A", "x", { id: 1 }), group()))).toBe(alone);
  });

  it("differ by their members", () => {
    expect(hash(event(member("A", "x", { id: 2 }), member("B", "y", { id: 1 }), group()))).not.toBe(
      hash(event(member("A", "x", { id: 2 }), member("C", "z", { id: 1 }), group())),
    );
  });

  it("may be nested", () => {
    const nested = event(
      member("A", "x", { id: 3, parent: 2 }),
      group(2, 0),
      member("B", "y", { id: 1 }),
      group(),
    );
    expect(hash(nested)).toBe(hash(event(member("B", "y", { id: 2 }), member("A", "x", { id: 1 }), group())));
  });

  it("keep the causes of their members", () => {
    const cause = (type: string): string | undefined =>
      hash(
        event(
          member(type, "z", { id: 2, parent: 1, source: "__cause__" }),
          member("A", "x", { id: 1 }),
          group(),
        ),
      );
    expect(cause("K")).not.toBe(cause("L"));
  });

  it("that hold hundreds of kinds are capped in the explanation", () => {
    const many = Array.from({ length: 300 }, (_, index) => member(`E${index}`, "x", { id: 300 - index }));
    expect(groupEventV1(event(...many, group())).explanation.components.length).toBeLessThan(20);
  });

  it("that name each other as parents end", () => {
    const a = { ...group(1, 2) };
    const b = { ...group(2, 1) };
    expect(hash(event(a, b))).toMatch(/^[0-9a-f]{32}$/);
  });
});
