import { acceptItems } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import { uuidAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal } from "./refusal.js";

const maxUserIdLength = 200;

/** `POST /api/{project}/unreal/{key}/`: an Unreal Engine crash, kept as it came (ingest sheet 1.7). Never limited aloud. */
export async function receiveUnreal(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const payload = await readDecoded(request, context);
  if (payload instanceof Refusal) return refuseCounted(payload, sender, context);
  const userId = request.query.get("UserID");
  const header = {
    type: "unreal_report",
    ...(userId === null ? {} : { unreal_user_id: userId.slice(0, maxUserIdLength) }),
  };
  const accepted = await acceptItems({ header: {}, items: [{ header, payload }] }, sender, context);
  return accepted instanceof Refusal ? accepted : uuidAnswer(accepted.eventId);
}
