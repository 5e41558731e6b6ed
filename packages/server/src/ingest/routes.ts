import type { Answer } from "./answer.js";
import { receiveAttachments } from "./attachments.js";
import { receiveCheckIn } from "./cron.js";
import { receiveEnvelope } from "./envelope.js";
import { answerLive, answerReady } from "./health.js";
import type { IngestContext } from "./ingest-context.js";
import type { IngestRequest } from "./ingest-request.js";
import { receiveMinidump } from "./minidump.js";
import { receiveOtlpLogs, receiveOtlpTraces } from "./otlp.js";
import type { Refusal } from "./refusal.js";
import { receiveNel, receiveSecurityReport } from "./security.js";
import { receiveStore, receiveStorePixel } from "./store.js";
import { receiveUnreal } from "./unreal.js";

export type Endpoint = (request: IngestRequest, context: IngestContext) => Promise<Answer | Refusal>;

export interface IngestRoute {
  /** Name in the metrics. */
  readonly name: string;
  /** Without the slash at the end; both forms are served. */
  readonly path: string;
  readonly endpoints: { readonly GET?: Endpoint; readonly POST?: Endpoint };
  /** Senders who answer a 429 by sending at once again get a 503 when there is no room. */
  readonly never429?: boolean;
}

const project = "/api/:projectId";
const cron = {
  name: "cron",
  endpoints: { GET: receiveCheckIn, POST: receiveCheckIn },
  never429: true,
} as const;
const store = { name: "store", endpoints: { GET: receiveStorePixel, POST: receiveStore } } as const;
const security = { name: "security", endpoints: { POST: receiveSecurityReport } } as const;
const traces = { name: "otlp_traces", endpoints: { POST: receiveOtlpTraces } } as const;
const logs = { name: "otlp_logs", endpoints: { POST: receiveOtlpLogs } } as const;

/** Every path SDKs send to (ingest sheet 1.1). */
export const ingestRoutes: readonly IngestRoute[] = [
  { name: "envelope", path: `${project}/envelope`, endpoints: { POST: receiveEnvelope } },
  { ...store, path: `${project}/store` },
  { ...store, path: "/api/store" },
  { ...security, path: `${project}/security` },
  { ...security, path: `${project}/csp-report` },
  { name: "nel", path: `${project}/nel`, endpoints: { POST: receiveNel } },
  { name: "minidump", path: `${project}/minidump`, endpoints: { POST: receiveMinidump }, never429: true },
  { name: "unreal", path: `${project}/unreal/:key`, endpoints: { POST: receiveUnreal }, never429: true },
  {
    name: "attachments",
    path: `${project}/events/:eventId/attachments`,
    endpoints: { POST: receiveAttachments },
  },
  { ...cron, path: `${project}/cron/:slug` },
  { ...cron, path: `${project}/cron/:slug/:key` },
  { ...traces, path: `${project}/integration/otlp/v1/traces` },
  { ...traces, path: `${project}/otlp/v1/traces` },
  { ...logs, path: `${project}/integration/otlp/v1/logs` },
  { ...logs, path: `${project}/otlp/v1/logs` },
  { name: "health", path: "/api/relay/healthcheck/live", endpoints: { GET: answerLive } },
  { name: "health", path: "/api/relay/healthcheck/ready", endpoints: { GET: answerReady } },
];
