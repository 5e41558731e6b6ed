import { describe, expect, it } from "vitest";
import { InvalidDocument } from "../invalid-document.js";
import { sampleFile, webhookToken } from "./config-file.test-suite.js";
import { parseYaml, readConfigFile } from "./read-config-file.js";

type Sample = ReturnType<typeof sampleFile>;

/** Problems of the sample after a change, as `path: message`. */
function problemsOf(change: (file: Sample) => unknown): readonly string[] {
  const file = sampleFile();
  const document = change(file) ?? file;
  try {
    readConfigFile(document);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

const rule = (file: Sample) => file.rules[0] ?? expect.fail("the sample has a rule");
const channel = (file: Sample): Record<string, unknown> =>
  file.channels[0] ?? expect.fail("the sample has a channel");
const monitor = (file: Sample): Record<string, unknown> =>
  file.monitors[0] ?? expect.fail("the sample has a monitor");

describe("readConfigFile", () => {
  it("takes the sample, with defaults filled in", () => {
    const file = readConfigFile(sampleFile());
    expect(file.rules[0]).toMatchObject({ name: "Critical errors", interval: "1h" });
    expect(file.monitors[0]).toMatchObject({ window: "5m", for: "0s", interval: "1h" });
  });

  it("takes a file whose sections are empty or absent", () => {
    expect(readConfigFile({ version: 1, rules: null })).toEqual({
      projects: [],
      channels: [],
      rules: [],
      monitors: [],
    });
  });

  it.each<[string, (file: Sample) => unknown, string]>([
    ["a list instead of a mapping", () => [], ": must be a mapping"],
    ["no version", () => ({}), "version: must be 1"],
    ["an unknown section", (f) => ({ ...f, alerts: [] }), ': has the unknown key "alerts"'],
    [
      "a misspelt trigger",
      (f) => void (rule(f).when = ["frist_seen"]),
      "rules[0].when[0]: is not one of first_seen, regression, reappeared, escalating, every_event, resolved",
    ],
    [
      "a trigger without its count",
      (f) => void (rule(f).when = ["first_seen", { event_frequency: { per: "5m" } }]),
      "rules[0].when[1].event_frequency.count: is required",
    ],
    [
      "a trigger with a wrong duration",
      (f) => void (rule(f).when = [{ event_frequency: { count: 10, per: "5 minutes" } }]),
      "rules[0].when[0].event_frequency.per: is not a duration such as 30s, 5m, 1h or 7d",
    ],
    [
      "an unknown level",
      (f) => void (rule(f).if = [{ level: ["error", "eror"] }]),
      "rules[0].if[0].level[1]: is not one of debug, info, warning, error, fatal",
    ],
    [
      "an unknown operator",
      (f) => void (rule(f).if = [{ level: "error" }, { tag: { key: "a", op: "like", value: "b" } }]),
      "rules[0].if[1].tag.op: is not one of is, is_not, contains",
    ],
    [
      "an unknown filter",
      (f) => void (rule(f).if = [{ levle: "error" }]),
      "rules[0].if[0]: is not one of level: …, tag: …, attribute: …",
    ],
    [
      "an unknown key of a rule",
      (f) => void Object.assign(rule(f), { intervall: "1h" }),
      'rules[0]: has the unknown key "intervall"',
    ],
    ["a rule without channels", (f) => void (rule(f).notify = []), "rules[0].notify: "],
    [
      "a project that is a number",
      (f) => void Object.assign(rule(f), { project: 5 }),
      "rules[0].project: must be a text or a list",
    ],
    [
      "a name without letters",
      (f) => void (rule(f).name = "!!!"),
      "rules[0].name: needs at least one letter or digit",
    ],
    [
      "a channel of an unknown type",
      (f) => void (channel(f)["type"] = "irc"),
      "channels[0].type: needs a known type",
    ],
    [
      "a webhook that is no address",
      (f) => void (channel(f)["webhookUrl"] = webhookToken),
      "channels[0].webhookUrl: is not a web address",
    ],
    [
      "a secret that was not filled in",
      (f) => void (channel(f)["webhookUrl"] = "${DISCORD}"),
      "channels[0].webhookUrl: is not a web address",
    ],
    ["a missing webhook", (f) => void delete channel(f)["webhookUrl"], "channels[0].webhookUrl: is required"],
    [
      "the same rule twice",
      (f) => void f.rules.push({ ...rule(f), name: "critical  ERRORS" }),
      "rules[1].name: is the same name as that of rules[0]",
    ],
    [
      "a monitor without threshold",
      (f) => void delete monitor(f)["critical"],
      "monitors[0]: needs a threshold",
    ],
    [
      "an unknown measure",
      (f) => void (monitor(f)["measure"] = "p95"),
      "monitors[0].measure: is not a measure",
    ],
    [
      "a wrong threshold",
      (f) => void (monitor(f)["critical"] = "5000"),
      "monitors[0].critical: is not a threshold",
    ],
    [
      "a slug of digits only",
      (f) => ({ ...f, projects: [{ slug: "12" }] }),
      "projects[0].slug: is not a slug",
    ],
  ])("refuses %s and names the place", (_, change, problem) => {
    const problems = problemsOf(change);
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain(webhookToken);
    expect(problems[0]?.slice(0, problem.length)).toBe(problem);
  });

  it("names every wrong place at once", () => {
    const problems = problemsOf((file) => {
      rule(file).interval = "soon";
      rule(file).when = [];
      channel(file)["name"] = "";
    });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "channels[0].name",
      "rules[0].when",
      "rules[0].interval",
    ]);
  });
});

describe("parseYaml", () => {
  it.each([
    ["a tab as indentation", "a:\n\t- b", /not valid YAML at line 2/],
    ["a key that occurs twice", "a: 1\na: 2", /not valid YAML at line 2, column 1/],
    ["an alias bomb", bomb(), /repeats itself too often/],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseYaml(text)).toThrow(message);
  });

  it("does not repeat the text of a broken file", () => {
    expect(() => parseYaml(`webhookUrl: "${webhookToken}`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(webhookToken) as unknown }),
    );
  });
});

function bomb(): string {
  const levels = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
  for (const [from, to] of ["ab", "bc", "cd", "de", "ef", "fg"].map((pair) => pair.split(""))) {
    levels.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(",")}]`);
  }
  return levels.join("\n");
}
