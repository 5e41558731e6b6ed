import { isRecord } from "@vedette/protocol";
import type { Sdk } from "@vedette/protocol";
import { Fields, unlessEmpty } from "./fields.js";
import { textLimits } from "./text-limit.js";
import type { EventContext } from "../contract.js";
import { validIp } from "./user.js";

const MAX_ENTRIES = 200;

/**
 * Reads what the SDK says of itself (ingest sheet 6.13). Name and version missing there are taken from the client
 * named in the authentication. `client_ip` is the sender's address, left out when the SDK asks never to infer one.
 */
export function normaliseSdk(fields: Fields | undefined, context: EventContext): Sdk | undefined {
  const [clientName, clientVersion] = splitClient(context.client);
  const inferIp = fields?.object("settings")?.trimmed("infer_ip", textLimits.name64);
  const name = fields?.trimmed("name", textLimits.name128);
  const sdk: Sdk = {
    name: name ?? clientName,
    version:
      fields?.trimmed("version", textLimits.name128) ?? (name === undefined ? clientVersion : undefined),
    integrations: texts(fields?.raw["integrations"]),
    packages: packagesOf(fields),
    features: texts(fields?.raw["features"]),
    settings: inferIp === undefined ? undefined : { infer_ip: inferIp },
    client_ip: inferIp === "never" ? undefined : validIp(context.clientIp),
  };
  return unlessEmpty(sdk);
}

function splitClient(client: string): readonly [string | undefined, string | undefined] {
  const at = client.lastIndexOf("/");
  if (client === "") return [undefined, undefined];
  return at <= 0
    ? [client.slice(0, 128), undefined]
    : [client.slice(0, Math.min(at, 128)), client.slice(at + 1, at + 129)];
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const kept = value.filter((entry): entry is string => typeof entry === "string" && entry.length <= 200);
  return kept.length === 0 ? undefined : kept.slice(0, MAX_ENTRIES);
}

function packagesOf(fields: Fields | undefined): Sdk["packages"] {
  const value = fields?.raw["packages"];
  if (fields === undefined || !Array.isArray(value)) return undefined;
  const place = fields.place.at("packages");
  const packages = value
    .slice(0, MAX_ENTRIES)
    .filter(isRecord)
    .map((raw, index) => {
      const entry = new Fields(raw, place.at(index));
      return {
        name: entry.text("name", textLimits.name256),
        version: entry.text("version", textLimits.name128),
      };
    });
  return packages.length === 0 ? undefined : packages;
}
