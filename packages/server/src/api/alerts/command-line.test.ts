import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownerToken, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";

const entry = fileURLToPath(new URL("../../../../cli/dist/main.js", import.meta.url));
const example = fileURLToPath(new URL("../../../../../examples/vedette.yaml", import.meta.url));
const hook = (number: number) =>
  `https://discord.com/api/webhooks/12345678901234567${number}/sEcReT-abcdefghijklmnop`;
const secrets = {
  DISCORD_CRITICAL_WEBHOOK: hook(1),
  DISCORD_ERRORS_WEBHOOK: hook(2),
  DISCORD_PERFORMANCE_WEBHOOK: hook(3),
};

/** The command line as people run it: a process of its own, against a server that listens. */
describe("the vedette command", () => {
  let server: ApiServer;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), "vedette-cli-"));

  beforeAll(async () => {
    server = await startApiServer();
    url = await server.app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  const vedette = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const settings = { VEDETTE_URL: url, VEDETTE_TOKEN: ownerToken, ...secrets, ...env };
      const options = { env: { PATH: process.env["PATH"], ...settings }, timeout: 15_000 };
      const child = execFile(process.execPath, [entry, ...args], options, (_error, out, err) =>
        resolve({ code: child.exitCode ?? -1, out, err }),
      );
    });
  const write = (text: string) => {
    const path = join(folder, "vedette.yaml");
    writeFileSync(path, text);
    return path;
  };

  it("plans, applies, and then finds nothing to change", async () => {
    const plan = await vedette(["plan", "-f", example, "--detailed-exitcode"]);
    expect(plan.code).toBe(2);
    expect(plan.out).toContain("+ create project checkout");
    expect(plan.out).toContain("+ create rule Critical errors to Discord");
    expect(plan.out).toContain("Plan: 7 to create, 0 to update, 0 to delete, 0 unchanged.");
    expect(plan.err).toContain("warning: monitors are kept but not evaluated by this version");
    const apply = await vedette(["apply", "-f", example]);
    expect(apply).toMatchObject({ code: 0 });
    expect(apply.out).toContain("Applied: 7 created");
    const again = await vedette(["plan", "-f", example, "--detailed-exitcode"]);
    expect(again).toMatchObject({
      code: 0,
      out: "No changes: the server is as the file says (7 objects).\n",
    });
    const json = await vedette(["plan", "-f", example, "--json"], { DISCORD_ERRORS_WEBHOOK: hook(9) });
    const { changes } = JSON.parse(json.out) as { changes: { action: string; name: string }[] };
    expect(changes.filter(({ action }) => action === "update").map(({ name }) => name)).toEqual([
      "sentry-errors",
    ]);
    for (const { out, err } of [plan, apply, again, json]) expect(out + err).not.toContain("sEcReT");
  });

  it("lists the rules", async () => {
    const { code, out } = await vedette(["rules"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /on {4}All errors to Discord {2}\(all-errors-to-discord\)\n {6}to sentry-errors; never fired/,
    );
  });

  it("stops all rules and lets them go on", async () => {
    expect((await vedette(["stop"])).out).toContain("All rules are off since");
    expect((await vedette(["rules"])).out).toContain("Alerts are stopped since");
    expect((await vedette(["resume"])).out).toContain("Alerts go on");
  });

  it.each([
    ["delivered", null, 0, /✓ sentry-errors: delivered in \d+\.\d s/],
    [
      "failed",
      "Discord knows no such webhook.",
      1,
      /✗ sentry-errors: failed: Discord knows no such webhook\./,
    ],
  ] as const)("waits for a test notification that is %s", async (state, reason, code, line) => {
    const { meta } = server.ports;
    const running = vedette(["test", "All errors to Discord", "--timeout", "10"]);
    const open = () =>
      meta.updateTable("notification").set({ state, last_error: reason, delivered_at: Date.now() });
    const timer = setInterval(() => void open().where("state", "=", "pending").execute(), 50);
    const result = await running;
    clearInterval(timer);
    expect(result).toMatchObject({ code, out: expect.stringMatching(line) as string });
  });

  it("says that a message still waits when the time is over", async () => {
    const { code, out } = await vedette(["test", "all-errors-to-discord", "--timeout", "1"]);
    expect(code).toBe(1);
    expect(out).toContain("… sentry-errors: still waiting after 0 attempts");
  });

  it.each([
    [
      "a missing variable",
      'version: 1\nchannels:\n  - name: a\n    type: discord\n    webhookUrl: "${NOT_THERE}"\n',
      /:5: channels\[0\]\.webhookUrl: the environment variable NOT_THERE is not set\nFor instance: export NOT_THERE=/,
    ],
    [
      "a wrong rule",
      "version: 1\nrules:\n  - name: A\n    when: [frist_seen]\n    notify: [{channel: sentry-errors}]\n",
      /:4: rules\[0\]\.when\[0\]: is not one of first_seen, .*\nNothing was changed\./,
    ],
    ["broken YAML", "version: 1\nrules: [\n", /vedette\.yaml:3: this is not valid YAML/],
  ])("names file, line and field of %s", async (_, text, message) => {
    const { code, err } = await vedette(["apply", "-f", write(text)]);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  it("warns about a secret that stands in the file", async () => {
    const text = `version: 1\nchannels:\n  - name: a\n    type: discord\n    webhookUrl: ${hook(5)}\n`;
    const { code, out, err } = await vedette(["plan", "-f", write(text)]);
    expect(code).toBe(0);
    expect(err).toMatch(/vedette\.yaml:5: a secret stands in the file/);
    expect(out + err).not.toContain("sEcReT");
  });

  it.each([
    ["without a token", ["rules"], { VEDETTE_TOKEN: "" }, /There is no token to sign in with\.\nMake one at/],
    ["with a wrong token", ["rules"], { VEDETTE_TOKEN: "x" }, /Invalid token\.?\nThe token is wrong/],
    [
      "where nobody listens",
      ["rules"],
      { VEDETTE_URL: "http://127.0.0.1:2" },
      /cannot be reached \(ECONNREFUSED\)\.\nIs the server running\?/,
    ],
    [
      "with an address that is none",
      ["rules", "--url", "localhost"],
      {},
      /"localhost" is not a web address\./,
    ],
    ["about a rule that is not there", ["test", "nope"], {}, /There is no rule "nope"\./],
    ["without a command it knows", ["destroy"], {}, /unknown command 'destroy'/],
  ])("says what to do next %s", async (_, args, env, message) => {
    const { code, out, err } = await vedette(args, env);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(message);
  });
});
