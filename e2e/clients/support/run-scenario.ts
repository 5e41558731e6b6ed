import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The folder of the installed clients; made by e2e/install.mjs. */
export const workFolder = fileURLToPath(new URL("../../.work/", import.meta.url));
export const clientsFolder = fileURLToPath(new URL("../", import.meta.url));

/** What no event may keep. In the environment, since SDKs send the scenario's own source lines along. */
export const secrets = { password: "hunter2-e2e", token: "s3cr3t-e2e", card: "4111 1111 1111 1111" } as const;

/** What a scenario told when it ended. */
export interface ScenarioRun {
  /** Event ids by the scenario's own names, read from its last line of JSON; empty when it printed none. */
  readonly ids: Readonly<Record<string, string>>;
  /** Everything it printed, both streams. */
  readonly output: string;
}

const secretEnvironment = {
  E2E_PASSWORD: secrets.password,
  E2E_TOKEN: secrets.token,
  E2E_CARD: secrets.card,
};
const timeLimitMs = 90_000;

/**
 * Runs a scenario as its own process. Rejects with its output when it cannot be started, does not end in time or ends
 * with another exit code than expected.
 */
export async function runScenario(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  expectedExitCode = 0,
): Promise<ScenarioRun> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: clientsFolder,
    env: { ...process.env, ...secretEnvironment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const timer = setTimeout(() => child.kill("SIGKILL"), timeLimitMs);
  const [exitCode, signal] = (await once(child, "close")) as [number | null, string | null];
  clearTimeout(timer);
  const text = output.join("");
  if (exitCode !== expectedExitCode) {
    throw new Error(`${command.join(" ")} ended with ${exitCode ?? signal}:\n${text}`);
  }
  return { ids: idsIn(text), output: text };
}

function idsIn(output: string): Record<string, string> {
  const line = output.split("\n").findLast((one) => one.startsWith('{"'));
  return line ? (JSON.parse(line) as Record<string, string>) : {};
}
