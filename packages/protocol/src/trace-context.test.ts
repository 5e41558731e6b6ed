import { describe, expect, it } from "vitest";
import { parseTraceContext } from "./trace-context.js";

const TRACE = "771a43a4192642f0b136d5159a501700";
const REQUIRED = { trace_id: TRACE, public_key: "k" };

describe("parseTraceContext", () => {
  it("reads everything an SDK sends", () => {
    const value = {
      ...REQUIRED,
      sample_rate: "0.25",
      sample_rand: "0.123456",
      sampled: "true",
      release: "shop@1.0",
      environment: "production",
      transaction: "/checkout",
      replay_id: "12312012123120121231201212312012",
      org_id: "1",
      something: "else",
    };
    expect(parseTraceContext(value)).toEqual({
      traceId: TRACE,
      publicKey: "k",
      sampleRate: 0.25,
      sampleRand: 0.123456,
      sampled: true,
      release: "shop@1.0",
      environment: "production",
      transaction: "/checkout",
      replayId: "12312012123120121231201212312012",
      orgId: "1",
    });
  });

  it.each([
    ["a rate as a number", { sample_rate: 0.5 }, { sampleRate: 0.5 }],
    ["sampled as a boolean", { sampled: false }, { sampled: false }],
    ["sampled as the text false", { sampled: "false" }, { sampled: false }],
    ["the newer name of transaction", { segment_name: "/a" }, { transaction: "/a" }],
  ])("accepts %s", (_form, extra, expected) => {
    expect(parseTraceContext({ ...REQUIRED, ...extra })).toEqual({
      traceId: TRACE,
      publicKey: "k",
      ...expected,
    });
  });

  it.each([
    ["a negative rate", { sample_rate: "-1" }],
    ["a rate above one", { sample_rate: 2 }],
    ["a rate that is no number", { sample_rate: "often" }],
    ["an empty rate", { sample_rate: "" }],
    ["an unknown sampled", { sampled: "maybe" }],
    ["a release of the wrong type", { release: 1 }],
    ["a broken replay id", { replay_id: "x" }],
  ])("leaves out %s", (_form, extra) => {
    expect(parseTraceContext({ ...REQUIRED, ...extra })).toEqual({ traceId: TRACE, publicKey: "k" });
  });

  it.each([
    [null],
    [undefined],
    ["text"],
    [[]],
    [{}],
    [{ trace_id: TRACE }],
    [{ public_key: "k" }],
    [{ trace_id: "x", public_key: "k" }],
  ])("gives null for %j", (value) => {
    expect(parseTraceContext(value)).toBeNull();
  });
});
