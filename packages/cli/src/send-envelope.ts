import { writeEnvelope } from "@vedette/protocol";
import type { Dsn, ItemToWrite } from "@vedette/protocol";
import { originOf } from "./dsn-option.js";
import { reach } from "./connection.js";

const timeoutMs = 10_000;
const client = "vedette-cli/0.1.0";

/** What the server said to an envelope. */
export interface EnvelopeAnswer {
  readonly status: number;
  /** Why it was refused, in the server's words; empty when it was not. */
  readonly detail: string;
  /** The server's clock in milliseconds since 1970; null when it does not tell. */
  readonly serverTime: number | null;
}

/**
 * Sends one item as an SDK does (https://develop.sentry.dev/sdk/data-model/envelopes/).
 *
 * @throws CliError when nothing answers
 */
export async function sendEnvelope(
  dsn: Dsn,
  item: ItemToWrite,
  header: { readonly event_id?: string } = {},
): Promise<EnvelopeAnswer> {
  const response = await reach(`${originOf(dsn)}/api/${dsn.projectId}/envelope/`, {
    method: "POST",
    headers: {
      "content-type": "application/x-sentry-envelope",
      "x-sentry-auth": `Sentry sentry_version=7, sentry_client=${client}, sentry_key=${dsn.publicKey}`,
    },
    body: new Uint8Array(writeEnvelope({ ...header, sent_at: new Date().toISOString() }, [item])),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = await response.text();
  const date = Date.parse(response.headers.get("date") ?? "");
  return {
    status: response.status,
    detail: response.ok ? "" : detailOf(body),
    serverTime: Number.isNaN(date) ? null : date,
  };
}

function detailOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === "string" ? detail : "";
  } catch {
    return "";
  }
}
