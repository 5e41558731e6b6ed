import { describe, expect, it } from "vitest";
import { messageKey, templateOf } from "./message.js";

const TEMPLATES: readonly [message: string, template: string][] = [
  ["User 4711 not found", "User <number> not found"],
  ["user_4711 not found", "user_<number> not found"],
  ["order#99 failed", "order#<number> failed"],
  ["took 12.5 % longer, -3 left", "took <number> % longer, <number> left"],
  ["batch [1, 2, 3] failed", "batch [<number>] failed"],
  ["order 0f8fad5b-d9cb-469f-a165-70867728950e missing", "order <uuid> missing"],
  ["order 0F8FAD5BD9CB469FA16570867728950E missing", "order <uuid> missing"],
  ["segfault at 0x7ffd1234 in thread", "segfault at <hex> in thread"],
  ["commit 3f2a9bc not built", "commit <hex> not built"],
  ["mail to ann.lee+x@example.co.uk bounced", "mail to <email> bounced"],
  ["GET https://api.stripe.com/v1/charges/ch_1?x=1 failed", "GET <url api.stripe.com> failed"],
  ["GET http://10.0.0.7:8080/x failed", "GET <url> failed"],
  ["redis://user:pw@cache-3.internal:6379/0 refused", "<url cache-*.internal> refused"],
  ["connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED <ip>"],
  ["no route to 2001:db8:0:0:0:0:0:1 now", "no route to <ip> now"],
  ["expired at 2024-05-06T07:08:09.123Z", "expired at <date>"],
  ["expired at 2024-05-06 07:08:09+02:00", "expired at <date>"],
  ["expired on 2024-05-06", "expired on <date>"],
  ["due Mon, 06 May 2024 07:08:09 GMT", "due <date>"],
  ["due 06/05/2024 sharp", "due <date> sharp"],
  ["started 07:08:09 today", "started <time> today"],
  ["invalid value 'blue'", "invalid value <quoted>"],
  ['invalid value "blue \\" green"', "invalid value <quoted>"],
  ["can't open user's file 'a.txt'", "can't open user's file <quoted>"],
  ["request took 1532ms", "request took <duration>"],
  ["timeout of 30 seconds exceeded", "timeout of <duration> exceeded"],
  ["body of 3.5 MB too large", "body of <size> too large"],
  ["read 1024 bytes", "read <size>"],
  ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_DEF rejected", "token <blob> rejected"],
  ["key c2VjcmV0IHN0dWZmIHRoYXQgaXMgbG9uZzEyMzQ= bad", "key <blob> bad"],
  ["request 8Hsd72hdKs lost", "request <id> lost"],
  ["cannot read /tmp/upload-83js/x.csv", "cannot read <path>"],
  ["cannot read /home/ann/data.csv", "cannot read <path>/data.csv"],
  ["no file /var/data/123/report.txt", "no file /var/data/<number>/report.txt"],
  [
    "Cannot read properties of undefined (reading 'items')",
    "Cannot read properties of undefined (reading 'items')",
  ],
  ['relation "orders" does not exist', 'relation "orders" does not exist'],
  ["No module named 'requests'", "No module named 'requests'"],
  ["Request failed with status code 404", "Request failed with status code 404"],
  ["upstream said HTTP 503", "upstream said HTTP 503"],
  ["called `Option::unwrap()` on a `None` value", "called `Option::unwrap()` on a `None` value"],
  ["utf8 and sha256 and s3 stay", "utf8 and sha256 and s3 stay"],
  ["tenant12345 is over quota", "tenant<number> is over quota"],
  ["version 1.2.3 refused", "version <number> refused"],
  ["  many   spaces\n\nand lines\nthird", "many spaces and lines"],
  ["nothing varies here", "nothing varies here"],
  ["", ""],
];

describe("templateOf", () => {
  it.each(TEMPLATES)("makes a template of %j", (message, template) => {
    expect(templateOf(message)).toBe(template);
  });

  it("leaves its own result as it is", () => {
    for (const [, template] of TEMPLATES) expect(templateOf(template)).toBe(template);
  });

  it.each([
    "a".repeat(100_000),
    "1".repeat(100_000),
    "a@".repeat(50_000),
    '"'.repeat(100_000),
    "1:".repeat(50_000),
  ])("answers fast on hostile text", (message) => {
    const start = performance.now();
    expect(templateOf(message).length).toBeLessThanOrEqual(300);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe("messageKey", () => {
  it("prefers the sender's template when it has parameters", () => {
    const entry = { message: "User %s has %d items", params: ["ann", 3], formatted: "User ann has 3 items" };
    expect(messageKey(entry)).toEqual({ basis: "template", text: "User %s has %d items" });
  });

  it("takes named parameters too", () => {
    expect(messageKey({ message: "User {name}", params: { name: "x" } })?.basis).toBe("template");
  });

  it("makes a template itself when there are no parameters", () => {
    expect(messageKey({ formatted: "User 5" })).toEqual({ basis: "message", text: "User <number>" });
    expect(messageKey({ message: "User 5", params: [] })).toEqual({
      basis: "message",
      text: "User <number>",
    });
  });

  it("has nothing to say about an empty entry", () => {
    expect(messageKey({})).toBeUndefined();
    expect(messageKey({ formatted: "  " })).toBeUndefined();
    expect(messageKey(null)).toBeUndefined();
  });
});
