import { describe, expect, it } from "vitest";
import { compileScrubber, isSensitiveKey, maskCreditCard, maskEmail } from "./index.js";

describe("masks used by themselves", () => {
  it.each([
    ["user@example.com", "us***@example.com"],
    ["ab@x.ro", "a***@x.ro"],
    ["a@x.ro", "***@x.ro"],
    ["@x.ro", "***@x.ro"],
    ["username", "us***"],
    ["", "***"],
  ])("masks the e-mail address %j as %j", (before, after) => expect(maskEmail(before)).toBe(after));

  it("keeps the last four digits and the form of a card number", () => {
    expect(maskCreditCard("4111 1111-11111111")).toBe("**** ****-****1111");
  });

  it("knows secret keys and accepts more", () => {
    expect(isSensitiveKey("AuthToken")).toBe(true);
    expect(isSensitiveKey("cnp")).toBe(false);
    expect(isSensitiveKey("Client_CNP", ["cnp"])).toBe(true);
  });
});

describe("text bodies", () => {
  const filtered = compileScrubber();
  const masked = compileScrubber({ style: "masked" });

  it.each([
    ["mail user@example.com now", "mail [email] now", "mail us***@example.com now"],
    ["<ana.pop+x@mail.example.ro>", "<[email]>", "<an***@mail.example.ro>"],
    ["card 4111-1111-1111-1111.", "card [creditcard].", "card ****-****-****-1111."],
    ["iban DE89370400440532013000", "iban [iban]", "iban ***MASKED***"],
    ["ssn 078-05-1120", "ssn [us-ssn]", "ssn ***MASKED***"],
    ["used Bearer abc123", "used [Filtered]", "used ***MASKED***"],
    ["to mysql://u:p@h/db", "to mysql://[Filtered]@h/db", "to mysql://***MASKED***@h/db"],
    ["url ?access_token=abc&x=1", "url ?access_token=[Filtered]&x=1", "url ?access_token=***MASKED***&x=1"],
    [
      '{"password": "a b", "n": 1}',
      '{"password": "[Filtered]", "n": 1}',
      '{"password": "***MASKED***", "n": 1}',
    ],
    ["'api_key' => 'abc'", "'api_key' => '[Filtered]'", "'api_key' => '***MASKED***'"],
    ["password=x a@b.ro", "password=[Filtered] [email]", "password=***MASKED*** ***@b.ro"],
  ])("turns %j into %j, or %j in the masked style", (before, asFiltered, asMasked) => {
    expect(filtered.scrubText(before)).toBe(asFiltered);
    expect(masked.scrubText(before)).toBe(asMasked);
  });

  it.each([
    "Authentication failed for author",
    "Unexpected token: }",
    "Invalid password",
    "if (token == null)",
    "lodash@4.17.21",
    "logo@2x.png",
    "@decorator and user@host",
    "/home/ana/x",
    "secret",
  ])("leaves %j", (text) => {
    expect(filtered.scrubText(text)).toBe(text);
    expect(masked.scrubText(text)).toBe(text);
  });

  it("writes [ip] when addresses are scrubbed", () => {
    expect(compileScrubber({ scrubIpAddresses: true }).scrubText("10.0.0.1 to ::1")).toBe("[ip] to [ip]");
  });
});

describe("attributes", () => {
  it("scrubs plain and typed attributes and keeps the type true", () => {
    const { attributes, remarks } = compileScrubber().scrubAttributes({
      "user.password": { value: 5, type: "integer" },
      "http.route": { value: "/a", type: "string" },
      "http.request.header.cookie.sessionid": "abc",
      "http.request.header.cookie.theme": "dark",
      note: "Bearer abc",
    });
    expect(attributes).toEqual({
      "user.password": { value: "[Filtered]", type: "string" },
      "http.route": { value: "/a", type: "string" },
      "http.request.header.cookie.sessionid": "[Filtered]",
      "http.request.header.cookie.theme": "dark",
      note: "[Filtered]",
    });
    expect(remarks.map(({ path }) => path[0])).toEqual([
      "user.password",
      "http.request.header.cookie.sessionid",
      "note",
    ]);
  });

  it("treats gen_ai and mcp attributes as text, and leaves their counts", () => {
    const { attributes } = compileScrubber().scrubAttributes({
      "gen_ai.usage.input_tokens": 812,
      "gen_ai.prompt": [{ content: "the author is a@b.ro" }],
      "mcp.tool.result": "auth by user@example.com",
    });
    expect(attributes).toEqual({
      "gen_ai.usage.input_tokens": 812,
      "gen_ai.prompt": [{ content: "the author is [email]" }],
      "mcp.tool.result": "auth by [email]",
    });
  });

  it("removes address attributes when addresses are scrubbed", () => {
    const { attributes } = compileScrubber({ scrubIpAddresses: true }).scrubAttributes({
      "client.address": { value: "10.0.0.1", type: "string" },
      "user.ip_address": "10.0.0.1",
      "server.address": "10.0.0.2",
    });
    expect(attributes).toEqual({ "server.address": "[ip]" });
  });
});
