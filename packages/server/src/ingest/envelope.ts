import { dsnMatches, parseDsn, parseEnvelope } from "@vedette/protocol";
import type { AuthOk, Envelope } from "@vedette/protocol";
import { acceptItems } from "./accept-items.js";
import { admit, authRefusal, identify, refuseCounted } from "./admit.js";
import type { Sender } from "./admit.js";
import { idAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal } from "./refusal.js";

/**
 * `POST /api/{project}/envelope/`, the one endpoint all current SDKs use (ingest sheet 3). The content type does not
 * matter. Without credentials in headers and query the DSN in the envelope header counts, as a tunnel forwards it.
 */
export async function receiveEnvelope(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const auth = identify(request);
  if (!auth.ok) {
    return auth.code === "auth_missing" ? receiveTunnelled(request, context) : authRefusal(auth);
  }
  const sender = await admit(auth, request, context);
  if (sender instanceof Refusal) return sender;
  const envelope = await readEnvelope(request, context);
  if (envelope instanceof Refusal) return refuseCounted(envelope, sender, context);
  if (!isOwnDsn(envelope, auth, request))
    return refuseCounted(new Refusal("invalid_envelope"), sender, context);
  return accept(envelope, sender, context);
}

async function receiveTunnelled(request: IngestRequest, context: IngestContext): Promise<Answer | Refusal> {
  const envelope = await readEnvelope(request, context);
  if (envelope instanceof Refusal) return envelope;
  const auth = identify(request, envelope.header.dsn);
  if (!auth.ok) return authRefusal(auth);
  if (!isOwnDsn(envelope, auth, request)) return new Refusal("invalid_envelope");
  const sender = await admit(auth, request, context);
  return sender instanceof Refusal ? sender : accept(envelope, sender, context);
}

async function accept(envelope: Envelope, sender: Sender, context: IngestContext): Promise<Answer | Refusal> {
  const accepted = await acceptItems(envelope, sender, context);
  return accepted instanceof Refusal ? accepted : idAnswer(accepted.eventId, accepted.limits);
}

async function readEnvelope(request: IngestRequest, context: IngestContext): Promise<Envelope | Refusal> {
  const body = await readDecoded(request, context);
  if (body instanceof Refusal) return body;
  const envelope = parseEnvelope(body);
  return envelope.ok ? envelope : new Refusal("invalid_envelope", { causes: [envelope.message] });
}

/** An envelope that names a DSN must mean the project and key it is sent with; an unreadable DSN says nothing. */
function isOwnDsn({ header }: Envelope, auth: AuthOk, request: IngestRequest): boolean {
  const dsn = header.dsn === undefined ? null : parseDsn(header.dsn);
  const projectId = request.params["projectId"] ?? "";
  return dsn === null || dsnMatches(dsn, { projectId, publicKey: auth.key });
}
