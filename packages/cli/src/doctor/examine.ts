import type { Dsn } from "@vedette/protocol";
import { CliError } from "../cli-error.js";
import { reach } from "../connection.js";
import { originOf, readDsn } from "../dsn-option.js";
import { sendEnvelope } from "../send-envelope.js";
import type { EnvelopeAnswer } from "../send-envelope.js";
import type { Terminal } from "../terminal.js";

/** One thing looked at. `skipped`: an earlier step failed, so it could not be. */
export interface Finding {
  readonly step: "DSN" | "server" | "key" | "clock";
  readonly state: "good" | "bad" | "doubtful" | "skipped";
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

/** Events from further off have their time corrected or are refused by some SDKs. */
const toleratedSkewMs = 60_000;
const timeoutMs = 10_000;

/**
 * Goes the way of an event step by step (S1.9): is the DSN one, does its server answer, does it take the key, do the
 * clocks agree. Sends an empty client report, which leaves no trace.
 */
export async function examine(
  terminal: Pick<Terminal, "env">,
  option: string | undefined,
): Promise<readonly Finding[]> {
  const dsn = attempt(() => readDsn(terminal, option));
  if (dsn instanceof CliError) return [bad("DSN", dsn), skipped("server"), skipped("key"), skipped("clock")];
  const written = good("DSN", `project ${dsn.projectId} at ${originOf(dsn)}`);
  const server = await examineServer(dsn);
  if (server.state === "bad") return [written, server, skipped("key"), skipped("clock")];
  const report = { timestamp: Date.now() / 1_000, discarded_events: [] };
  const sentAt = Date.now();
  const answer = await sendEnvelope(dsn, {
    header: { type: "client_report" },
    payload: JSON.stringify(report),
  }).catch((error: unknown) => (error instanceof CliError ? error : Promise.reject(error)));
  if (answer instanceof CliError) return [written, server, bad("key", answer), skipped("clock")];
  return [written, server, keyFinding(answer, dsn), clockFinding(answer, (sentAt + Date.now()) / 2)];
}

function attempt<T>(deed: () => T): T | CliError {
  try {
    return deed();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

async function examineServer(dsn: Dsn): Promise<Finding> {
  const origin = originOf(dsn);
  try {
    const response = await reach(`${origin}/readyz`, { signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return good("server", `${origin} answers and is ready`);
    if (response.status === 503) {
      const hint =
        "It is up but takes nothing in: its queue is full or its disk is. Look at its log and /metrics.";
      return { step: "server", state: "doubtful", message: "the server is not ready", hint };
    }
    const hint = "Something else may listen there, or a proxy in between; SDKs may still get through.";
    return { step: "server", state: "doubtful", message: `${origin} answers ${response.status}`, hint };
  } catch (error) {
    if (error instanceof CliError) {
      const hint =
        "Is the server running, and is the host of the DSN the one it is reached by from here? " +
        "Check name, port, firewall and proxy.";
      return { step: "server", state: "bad", message: error.message, hint };
    }
    throw error;
  }
}

function keyFinding({ status, detail }: EnvelopeAnswer, dsn: Dsn): Finding {
  if (status === 200) return good("key", `project ${dsn.projectId} takes what this key sends`);
  const message = detail === "" ? `the server answered ${status}` : `${detail} (${status})`;
  if (status === 429) {
    const hint = "The project or key is over its limit for now; raise it under the project's settings.";
    return { step: "key", state: "doubtful", message, hint };
  }
  const hint =
    status === 401 || status === 403
      ? "The key is unknown, switched off, or belongs to another project: copy the DSN again from the project's page."
      : "The server refuses envelopes; its log says more.";
  return { step: "key", state: "bad", message, hint };
}

function clockFinding({ serverTime }: EnvelopeAnswer, localTime: number): Finding {
  if (serverTime === null) {
    return { step: "clock", state: "doubtful", message: "the server does not tell its time", hint: null };
  }
  const skewMs = localTime - serverTime;
  const skewS = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) <= toleratedSkewMs)
    return good("clock", `within ${Math.max(skewS, 1)} s of the server's`);
  const message = `this machine is ${skewS} s ${skewMs > 0 ? "ahead of" : "behind"} the server`;
  return {
    step: "clock",
    state: "doubtful",
    message,
    hint: "Set both clocks by NTP; events may show wrong times.",
  };
}

function good(step: Finding["step"], message: string): Finding {
  return { step, state: "good", message, hint: null };
}

function bad(step: Finding["step"], error: CliError): Finding {
  return { step, state: "bad", message: error.message, hint: error.hint };
}

function skipped(step: Finding["step"]): Finding {
  return { step, state: "skipped", message: "not looked at, since an earlier step failed", hint: null };
}
