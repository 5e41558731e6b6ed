import { parse as parseUserAgent } from "bowser";
import type Bowser from "bowser";
import { clientHintsOf } from "./client-hints.js";
import type { HeaderReader } from "./client-hints.js";

/** What a user agent tells. Names follow those of uap-core, which people know from elsewhere. */
export interface UserAgentFacts {
  readonly browser: NameAndVersion | null;
  readonly os: NameAndVersion | null;
  readonly device: { readonly family: string; readonly model: string; readonly brand?: string } | null;
}

export interface NameAndVersion {
  readonly name: string;
  readonly version?: string;
}

/** Answers kept; a product sees few hundred different agents a day. Reading one takes about 24 µs, looking it up 0.2. */
const CACHE_SIZE = 2000;
const MAX_LENGTH = 1000;

const cache = new Map<string, UserAgentFacts>();

const NOTHING: UserAgentFacts = { browser: null, os: null, device: null };
const OPERA_MINI = /Opera Mini\/([\d.]+)/;
/** `Linux; Android 14; Pixel 8)` or with ` Build/…` after the model. */
const ANDROID_MODEL = /Android [\d.]+;(?: [a-z]{2}-[a-z]{2};)? ([^;()]{1,60}?)(?: Build\/[^;)]*)?[;)]/i;
/** Model of agents frozen by the browser: says nothing. */
const FROZEN_MODEL = "K";

/**
 * Reads browser, system and device out of the `User-Agent` and client-hint headers of a request (ingest sheet 6.21).
 *
 * @param headerOf value of a header by its canonical name, undefined when absent
 * @returns nulls for what is not recognised. Versions frozen by browsers read `>=10` (Windows) and `>=10.15.7`
 *   (macOS). Results are remembered by their headers, the 2,000 read last.
 */
export function readUserAgent(headerOf: HeaderReader): UserAgentFacts {
  const agent = headerOf("User-Agent")?.slice(0, MAX_LENGTH);
  const hints = clientHintsOf(headerOf);
  if (agent === undefined && hints.key === "") return NOTHING;
  const key = `${agent ?? ""}\n${hints.key}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const facts = { ...parseAgent(agent), ...hints.facts() };
  cache.set(key, facts);
  if (cache.size > CACHE_SIZE) forgetOldest();
  return facts;
}

function forgetOldest(): void {
  for (const key of cache.keys()) {
    cache.delete(key);
    return;
  }
}

function parseAgent(agent: string | undefined): UserAgentFacts {
  if (agent === undefined || agent === "") return NOTHING;
  const { browser, os, platform } = parseUserAgent(agent);
  const system = osOf(os);
  return {
    browser: browserOf(agent, browser, system?.name),
    os: system,
    device: deviceOf(agent, system?.name, platform),
  };
}

const BROWSER_NAMES: ReadonlyMap<string, string> = new Map([
  ["Internet Explorer", "IE"],
  ["Microsoft Edge", "Edge"],
  ["Android Browser", "Android"],
  ["Samsung Internet for Android", "Samsung Internet"],
  ["Opera Touch", "Opera Mobile"],
]);

/** Browsers which have a name of their own on phones and tablets. */
const MOBILE_NAMES: ReadonlyMap<string, { readonly iOS: string; readonly Android: string }> = new Map([
  ["Chrome", { iOS: "Chrome Mobile iOS", Android: "Chrome Mobile" }],
  ["Firefox", { iOS: "Firefox iOS", Android: "Firefox Mobile" }],
  ["Safari", { iOS: "Mobile Safari", Android: "Safari" }],
  ["Edge", { iOS: "Edge Mobile", Android: "Edge Mobile" }],
  ["Opera", { iOS: "Opera Mobile", Android: "Opera Mobile" }],
]);

function browserOf(
  agent: string,
  found: Bowser.Parser.Details,
  os: string | undefined,
): NameAndVersion | null {
  const mini = OPERA_MINI.exec(agent)?.[1];
  if (mini !== undefined) return { name: "Opera Mini", version: mini };
  if (found.name === undefined || found.name === "") return null;
  const plain = BROWSER_NAMES.get(found.name) ?? found.name;
  const mobile = os === "iOS" || os === "Android" ? MOBILE_NAMES.get(plain)?.[os] : undefined;
  return nameAndVersion(mobile ?? plain, found.version);
}

function osOf(found: Bowser.Parser.OSDetails): NameAndVersion | null {
  if (found.name === undefined || found.name === "") return null;
  if (found.name === "Windows") {
    const version = found.versionName ?? found.version;
    return nameAndVersion("Windows", version === "10" ? ">=10" : version);
  }
  if (found.name === "macOS") {
    return nameAndVersion("Mac OS X", found.version === "10.15.7" ? ">=10.15.7" : found.version);
  }
  return nameAndVersion(found.name, found.version);
}

function deviceOf(
  agent: string,
  os: string | undefined,
  found: Bowser.Parser.PlatformDetails,
): UserAgentFacts["device"] {
  if (os === "Mac OS X") return { family: "Mac", model: "Mac", brand: "Apple" };
  if (found.model !== undefined && found.model !== "") {
    const brand = found.vendor === undefined ? {} : { brand: found.vendor };
    return { family: found.model, model: found.model, ...brand };
  }
  const model = os === "Android" ? ANDROID_MODEL.exec(agent)?.[1]?.trim() : undefined;
  return model === undefined || model === FROZEN_MODEL ? null : { family: model, model };
}

function nameAndVersion(name: string, version: string | undefined): NameAndVersion {
  return version === undefined || version === "" ? { name } : { name, version };
}
