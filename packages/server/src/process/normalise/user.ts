import { isIP } from "node:net";
import { isRecord } from "@vedette/protocol";
import type { Geo, JsonObject, User } from "@vedette/protocol";
import { bagLimits, trimObject } from "./bag.js";
import { unlessEmpty } from "./fields.js";
import type { Fields } from "./fields.js";
import { textLimits } from "./text-limit.js";

/** What the server may put in the place of an unknown address. */
const AUTO = "{{auto}}";

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  "id",
  "username",
  "email",
  "name",
  "ip_address",
  "geo",
  "segment",
  "data",
  "sentry_user",
]);

/** Platforms whose events come straight from the user's device. */
const CLIENT_PLATFORMS: ReadonlySet<string> = new Set(["javascript", "cocoa", "objc"]);

/** What decides about the user's address beside the user itself. */
export interface IpSources {
  /** Address the event came from; empty when unknown. */
  readonly clientIp: string;
  /** `sdk.settings.infer_ip` as sent; undefined when missing. */
  readonly inferIp: string | undefined;
  /** `request.env.REMOTE_ADDR` as sent. */
  readonly remoteAddr: unknown;
  readonly platform: string;
}

/**
 * Reads the user (ingest sheet 6.6) and fills the address by the rules of `inferIpAddress`. Keys nobody knows
 * move into `data`. Returns undefined when nothing is known of the user.
 */
export function normaliseUser(fields: Fields | undefined, sources: IpSources): User | undefined {
  const ip = inferIpAddress(fields?.raw["ip_address"], sources);
  if (fields === undefined) return ip === undefined ? undefined : { ip_address: ip };
  const sent = fields.raw["ip_address"];
  if (ip === undefined && typeof sent === "string" && sent !== "" && sent !== AUTO) {
    fields.place.at("ip_address").invalid("not an IP address");
  }
  const user: User = {
    id: fields.trimmed("id", textLimits.name128),
    username: fields.trimmed("username", textLimits.name128),
    email: fields.trimmed("email", textLimits.email),
    name: fields.trimmed("name", textLimits.name128),
    ip_address: ip,
    geo: readGeo(fields.object("geo")),
    segment: fields.text("segment", textLimits.name128),
    data: readData(fields),
  };
  return unlessEmpty(user);
}

/**
 * Decides the user's address: `auto` takes the sender's when the user has none, `never` and unknown words take
 * none, and a missing setting follows the older rules by `{{auto}}`, `REMOTE_ADDR` and platform.
 *
 * @param sent `user.ip_address` as sent; not a valid address and not `{{auto}}` counts as absent
 */
function inferIpAddress(sent: unknown, sources: IpSources): string | undefined {
  const own = validIp(sent);
  if (own !== undefined) return own;
  const clientIp = validIp(sources.clientIp);
  const setting = sources.inferIp?.trim().toLowerCase();
  if (setting !== undefined && setting !== "legacy") return setting === "auto" ? clientIp : undefined;
  if (sent === AUTO) return clientIp;
  if (sources.remoteAddr === AUTO) return clientIp;
  return validIp(sources.remoteAddr) ?? (CLIENT_PLATFORMS.has(sources.platform) ? clientIp : undefined);
}

/** An IPv4 or IPv6 address without white space around it; undefined for anything else. */
export function validIp(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return isIP(text) === 0 ? undefined : text;
}

function readGeo(fields: Fields | undefined): Geo | undefined {
  if (fields === undefined) return undefined;
  const geo: Geo = {
    country_code: fields.text("country_code", textLimits.name64),
    city: fields.text("city", textLimits.name128),
    subdivision: fields.text("subdivision", textLimits.name128),
    region: fields.text("region", textLimits.name128),
  };
  return unlessEmpty(geo);
}

function readData(fields: Fields): JsonObject | undefined {
  const { data } = fields.raw;
  const unknown = Object.entries(fields.raw).filter(([key, value]) => !KNOWN_KEYS.has(key) && value !== null);
  const own = isRecord(data) ? Object.entries(data) : [];
  if (own.length + unknown.length === 0) return undefined;
  const merged: Record<string, unknown> = Object.fromEntries([...unknown, ...own]);
  return trimObject(merged, bagLimits.large, fields.place.at("data"));
}
