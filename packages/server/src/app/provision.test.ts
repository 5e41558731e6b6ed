import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bootstrap } from "../actions/bootstrap.js";
import { ConfigError } from "../config/config-error.js";
import { createLog } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import { alertChecks } from "./alert-checks.js";
import { provision } from "./provision.js";

const token = "sEcReT_0123456789abcdefghij";
const file = (hook = "${HOOK}", pattern = "^Timeout") => `
version: 1
channels:
  - { name: errors, type: discord, webhookUrl: "${hook}" }
rules:
  - name: Timeouts
    when: [first_seen]
    if:
      - attribute: { key: message, op: regex, value: "${pattern}" }
    notify: [{ channel: errors }]
`;

describe("provision", () => {
  let handle: MetaHandle;
  let folder: string;
  let lines: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "vedette-provision-"));
    lines = [];
    handle = await openMeta(":memory:");
    const accounts = { find: async () => "u1", create: async () => "u1" };
    const presets = { adminEmail: null, adminPassword: null, publicKey: null, token: null };
    await bootstrap({ meta: handle.db, accounts, now: Date.now }, presets);
  });
  afterEach(async () => {
    await handle.close();
    rmSync(folder, { recursive: true });
  });

  async function apply(
    text: string,
    environment: Readonly<Record<string, string>> = { HOOK: hookOf(token) },
  ) {
    const path = join(folder, "vedette.yaml");
    writeFileSync(path, text);
    const ports = {
      meta: handle.db,
      secrets: new SecretBox([randomBytes(32)]),
      log: createLog({ write: (line) => void lines.push(line), human: false }),
      now: Date.now,
      alertChecks: alertChecks({ discordApi: "https://discord.com/api", publicUrl: "http://vedette.test" }),
      environment,
    };
    await provision(ports, path);
  }
  const hookOf = (secret: string) => `https://discord.com/api/webhooks/123456789012345678/${secret}`;
  const faultOf = async (text: string, environment?: Readonly<Record<string, string>>) => {
    const error: unknown = await apply(text, environment).catch((reason: unknown) => reason);
    if (!(error instanceof ConfigError)) throw new Error(`expected a start error, got ${String(error)}`);
    return error.message.replaceAll(folder, "");
  };

  it("applies the file, and changes nothing at the next start", async () => {
    await apply(file());
    const rule = await handle.db.selectFrom("rule").selectAll().executeTakeFirstOrThrow();
    expect(rule).toMatchObject({ name: "Timeouts", origin: "file", enabled: 1 });
    const text = lines.join("");
    expect(text).toContain("create channel errors");
    expect(text).not.toContain(token);
  });

  it.each([
    [
      "a variable that is not set",
      file("${NONE}"),
      "channels[0].webhookUrl: the environment variable NONE is not set",
    ],
    ["a pattern that does not compile", file("${HOOK}", "(a"), "rules[0].if[0]: "],
    ["a webhook that is none of Discord's", file("https://example.com/x"), "channels[0].webhookUrl: "],
    ["a wrong field", "version: 1\nrules: [{ name: A }]", "rules[0].when: is required"],
    ["no YAML", "a: [", "The file is not valid YAML at line 1"],
  ])("refuses to start with %s, naming file and field", async (_, text, problem) => {
    const message = await faultOf(text);
    expect(message).toContain("VEDETTE_PROVISION: the file /vedette.yaml cannot be applied");
    expect(message).toContain(`\n  ${problem}`);
    expect(message).not.toContain(token);
    expect(await handle.db.selectFrom("channel").select("id").execute()).toEqual([]);
  });

  it("refuses to start without the file", async () => {
    const ports = {
      meta: handle.db,
      secrets: new SecretBox([randomBytes(32)]),
      log: createLog(),
      now: Date.now,
    };
    await expect(provision(ports, join(folder, "none.yaml"))).rejects.toThrow(
      /none\.yaml cannot be read \(ENOENT\)/,
    );
  });
});
