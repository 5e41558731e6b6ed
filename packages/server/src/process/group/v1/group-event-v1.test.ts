import { describe, expect, it } from "vitest";
import type { GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

const basis = (event: GroupableEvent): string => groupEventV1(event).explanation.basis;
const hash = (event: GroupableEvent): string | undefined => groupEventV1(event).hashes[0];
const thread = (name: string, more: object = {}) => ({
  values: [{ stacktrace: { frames: [{ module: "shop.cart", function: name, in_app: true }] }, ...more }],
});

describe("events without exception", () => {
  it("group by the sender's template", () => {
    const of = (params: unknown[]): GroupableEvent => ({
      logentry: { message: "User %s", params, formatted: `User ${params.join()}` },
    });
    expect(basis(of(["a"]))).toBe("template");
    expect(hash(of(["a"]))).toBe(hash(of(["b"])));
  });

  it("group by their message without its values", () => {
    expect(basis({ logentry: { formatted: "User 5" } })).toBe("message");
    expect(hash({ logentry: { formatted: "User 5" } })).toBe(hash({ logentry: { formatted: "User 6" } }));
  });

  it("group by the stack of the crashed thread", () => {
    const crash = (name: string, text: string): GroupableEvent => ({
      platform: "python",
      logentry: { formatted: text },
      threads: thread(name, { crashed: true }),
    });
    expect(basis(crash("total", "x"))).toBe("stacktrace");
    expect(hash(crash("total", "x"))).toBe(hash(crash("total", "y")));
    expect(hash(crash("total", "x"))).not.toBe(hash(crash("add", "x")));
  });

  it("keep their issue when stacks are attached to messages", () => {
    const message: GroupableEvent = { platform: "python", logentry: { formatted: "disk full" } };
    expect(hash({ ...message, threads: thread("report", { current: true }) })).toBe(hash(message));
  });

  it("group by the thread's stack when there is no message", () => {
    expect(basis({ platform: "python", threads: thread("total", { current: true }) })).toBe("stacktrace");
    expect(basis({ platform: "python", stacktrace: thread("total").values[0]?.stacktrace })).toBe(
      "stacktrace",
    );
  });

  it("group by the line of a template", () => {
    const of = (line: string): GroupableEvent => ({
      template: { filename: "/app/templates/cart.html", context_line: line },
    });
    expect(basis(of("{% include x %}"))).toBe("template");
    expect(hash(of("{% include x %}"))).not.toBe(hash(of("{% include y %}")));
  });

  it("group by where they come from when they say nothing", () => {
    expect(basis({})).toBe("fallback");
    expect(hash({ logger: "a" })).not.toBe(hash({ logger: "b" }));
  });
});

describe("browsers' reports", () => {
  const csp = (directive: string, host: string, text = "Blocked 'script'"): GroupableEvent => ({
    type: "csp",
    tags: [
      ["effective-directive", directive],
      ["blocked-host", host],
    ],
    logentry: { formatted: text },
  });

  it("group by directive and blocked host", () => {
    expect(basis(csp("script-src", "a.example"))).toBe("security");
    expect(hash(csp("script-src", "a.example"))).toBe(hash(csp("script-src", "a.example", "other words")));
    expect(hash(csp("script-src", "a.example"))).not.toBe(hash(csp("script-src", "b.example")));
    expect(hash(csp("script-src", "a.example"))).not.toBe(hash(csp("img-src", "a.example")));
  });

  it("reduce a blocked address to its host", () => {
    const of = (uri: string): GroupableEvent => ({
      type: "csp",
      csp: { effective_directive: "img-src", blocked_uri: uri },
    });
    expect(hash(of("https://a.example/1.png"))).toBe(hash(of("https://a.example/2.png?x")));
    expect(hash(of("data:image/png;base64,AAA"))).toBe(hash(of("data:image/gif;base64,BBB")));
    expect(hash(of(""))).toBe(hash(of("self")));
  });

  it("of other kinds group by their message", () => {
    const of = (text: string): GroupableEvent => ({ type: "nel", logentry: { formatted: text } });
    expect(basis(of("connection / tcp.refused"))).toBe("security");
    expect(hash(of("connection / tcp.refused"))).not.toBe(hash(of("dns / dns.unreachable")));
  });
});
