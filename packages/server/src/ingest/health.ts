import type { Answer } from "./answer.js";
import type { IngestContext } from "./ingest-context.js";
import type { IngestRequest } from "./ingest-request.js";

/** `GET /api/relay/healthcheck/live/`: the process answers. */
export async function answerLive(): Promise<Answer> {
  return { status: 200, contentType: "application/json", body: '{"is_healthy":true}' };
}

/** `GET /api/relay/healthcheck/ready/`: 503 while the backlog is full, so that a balancer turns elsewhere. */
export async function answerReady(
  _request: IngestRequest,
  { queue, options }: IngestContext,
): Promise<Answer> {
  const { records, bytes } = queue.depth();
  const ready = records < options.maxBacklogRecords && bytes < options.maxBacklogBytes;
  return { status: ready ? 200 : 503, contentType: "application/json", body: `{"is_healthy":${ready}}` };
}
