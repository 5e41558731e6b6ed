import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";

const TRACE_ID = "4c79f60c11214eb38604f4ae0781bfb2";
const SPAN_ID = "fa90fdead5f74052";

describe("contexts", () => {
  it("gives each its type, drops empty ones and what is no object", () => {
    const event = normalised({
      contexts: { runtime: { name: "node" }, my_os: { type: "os" }, a: {}, b: [], c: null, d: 5 },
    });
    expect(event.contexts).toEqual({ runtime: { name: "node", type: "runtime" }, my_os: { type: "os" } });
    expect(event.errors).toMatchObject([{ name: "contexts.d" }]);
  });

  it("cuts a large or deep context", () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } };
    const event = normalised({ contexts: { big: { text: "x".repeat(10_000) }, deep } });
    expect(JSON.stringify(event.contexts?.["big"]).length).toBeLessThan(8300);
    expect(event.contexts?.["deep"]).toMatchObject({
      a: { b: { c: { d: { e: { f: { g: '{"h":1}' } } } } } },
    });
    expect(event._meta).toBeDefined();
  });

  it("reads the trace context and brings its ids to one form", () => {
    const trace = {
      trace_id: TRACE_ID.toUpperCase(),
      span_id: SPAN_ID,
      parent_span_id: "bad",
      status: "success",
      data: { a: 1 },
    };
    expect(normalised({ contexts: { trace } }).contexts?.trace).toEqual({
      trace_id: TRACE_ID,
      span_id: SPAN_ID,
      op: "default",
      status: "ok",
      data: { a: 1 },
      type: "trace",
    });
  });

  it.each([{ trace_id: TRACE_ID }, { trace_id: "0".repeat(32), span_id: SPAN_ID }])(
    "drops the trace context %j",
    (trace) => {
      expect(normalised({ contexts: { trace } }).contexts).toBeUndefined();
    },
  );
});

describe("breadcrumbs", () => {
  it.each([{ values: [{ message: "a" }, null] }, [{ message: "a" }], { message: "a" }])(
    "reads the form %j",
    (breadcrumbs) => {
      expect(normalised({ breadcrumbs }).breadcrumbs).toEqual({ values: [{ message: "a", level: "info" }] });
    },
  );

  it("keeps its fields and bounds its data", () => {
    const event = normalised({
      breadcrumbs: [
        { ty: "http", category: "fetch", level: "critical", data: { url: "/a", body: "x".repeat(3000) } },
      ],
    });
    expect(event.breadcrumbs?.values[0]).toMatchObject({ type: "http", category: "fetch", level: "fatal" });
    expect(JSON.stringify(event.breadcrumbs?.values[0]?.data).length).toBeLessThan(2100);
  });

  it("keeps the newest 500", () => {
    const breadcrumbs = Array.from({ length: 600 }, (_, index) => ({ message: String(index) }));
    const values = normalised({ breadcrumbs }).breadcrumbs?.values;
    expect(values).toHaveLength(500);
    expect(values?.at(-1)?.message).toBe("599");
  });
});

describe("debug_meta", () => {
  it("keeps images with a type and reads their addresses", () => {
    const images = [
      { type: "sourcemap", code_file: "https://x.io/a.js", debug_id: "A3E4-UP" },
      { type: "elf", image_addr: 4096, image_size: 10, custom: 1 },
      { code_file: "no type" },
      null,
    ];
    expect(normalised({ debug_meta: { images } }).debug_meta).toEqual({
      images: [
        { type: "sourcemap", code_file: "https://x.io/a.js", debug_id: "a3e4-up" },
        { type: "elf", image_addr: "0x1000", image_size: 10, custom: 1 },
      ],
    });
  });
});
