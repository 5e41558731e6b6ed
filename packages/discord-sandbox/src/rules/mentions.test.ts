import { describe, expect, it } from "vitest";
import { FormErrors } from "./form-errors.js";
import { readAllowedMentions, resolveMentions } from "./mentions.js";

const USER = "123456789012345678";
const ROLE = "223456789012345678";
const EVERYBODY = `@everyone @here <@${USER}> <@&${ROLE}>`;
const NOBODY = { everyone: false, here: false, users: [], roles: [] };

function resolve(value: unknown, sender: "webhook" | "bot" = "webhook", text = EVERYBODY): unknown {
  return resolveMentions(text, readAllowedMentions(new FormErrors(), value), sender);
}

function codes(value: unknown): readonly unknown[] {
  const errors = new FormErrors();
  readAllowedMentions(errors, value);
  return [...JSON.stringify(errors.toNested()).matchAll(/"code":"(\w+)"/g)].map((match) => match[1]);
}

describe("who is notified", () => {
  it("is nobody when nothing may be parsed", () => {
    expect(resolve({ parse: [] })).toEqual(NOBODY);
  });

  it("is users only for a webhook that does not say", () => {
    expect(resolve(undefined)).toEqual({ ...NOBODY, users: [USER] });
  });

  it("is everybody named for a bot that does not say", () => {
    expect(resolve(undefined, "bot")).toEqual({ everyone: true, here: true, users: [USER], roles: [ROLE] });
  });

  it("is exactly the ids listed, if the text names them", () => {
    expect(resolve({ parse: [], roles: [ROLE, "999999999999999999"] })).toEqual({ ...NOBODY, roles: [ROLE] });
  });

  it("is nobody named inside code", () => {
    expect(
      resolve({ parse: ["everyone", "users"] }, "webhook", `\`@here\` \`\`\`\n<@${USER}>\`\`\``),
    ).toEqual(NOBODY);
  });
});

describe("allowed_mentions", () => {
  it("refuses a kind both parsed and listed", () => {
    expect(codes({ parse: ["users"], users: [USER] })).toEqual(["MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"]);
  });

  it("refuses unknown kinds and ids that are none", () => {
    expect(codes({ parse: ["all"], roles: ["admins"] })).toEqual(["BASE_TYPE_CHOICES", "NUMBER_TYPE_COERCE"]);
  });
});
