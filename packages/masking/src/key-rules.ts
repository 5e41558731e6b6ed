import type { ResolvedOptions } from "./options.js";
import { isSensitiveKey, isSessionCookie } from "./sensitive-keys.js";

/**
 * What a key says about its value. `keep`: stays as sent. `sensitive`, `secret`: the whole value goes. `address`: an
 * IP address field. `cookies`: a jar of cookies. `cookie-header`: a jar as one line. `body`: text people read.
 */
export type KeyVerdict =
  | "plain"
  | "keep"
  | "sensitive"
  | "secret"
  | "cookie"
  | "address"
  | "cookies"
  | "cookie-header"
  | "body";

export type KeyRules = (key: string) => KeyVerdict;

/** Payloads repeat few keys; a hostile one that does not must not grow the memory. */
const MAX_REMEMBERED_KEYS = 5_000;
const MAX_REMEMBERED_KEY_CHARACTERS = 128;

const USER_AGENT_KEYS: ReadonlySet<string> = new Set([
  "user-agent",
  "http_user_agent",
  "user_agent.original",
  "http.request.header.user-agent",
  "http.request.header.user_agent",
]);
const COOKIE_HEADER_KEYS: ReadonlySet<string> = new Set([
  "cookie",
  "set-cookie",
  "http_cookie",
  "http.request.header.cookie",
  "http.response.header.set-cookie",
]);
const ADDRESS_KEYS: ReadonlySet<string> = new Set([
  "remote_addr",
  "user.ip",
  "user.ip_address",
  "client.address",
]);
const COOKIE_ATTRIBUTE_PREFIX = "http.request.header.cookie.";

/** Compiles the rules for keys; verdicts are remembered, so a key that was seen costs one look-up. */
export function compileKeyRules(options: ResolvedOptions): KeyRules {
  const remembered = new Map<string, KeyVerdict>();
  const safeKeys = new Set(options.safeFields);
  return function judgeKey(key) {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const verdict = judge(key.toLowerCase(), options, safeKeys);
    if (key.length <= MAX_REMEMBERED_KEY_CHARACTERS) {
      if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear();
      remembered.set(key, verdict);
    }
    return verdict;
  };
}

function judge(key: string, options: ResolvedOptions, safeKeys: ReadonlySet<string>): KeyVerdict {
  if (safeKeys.has(key)) return "keep";
  if (options.sensitiveFields.some((part) => key.includes(part))) return "sensitive";
  if (options.scrubIpAddresses && ADDRESS_KEYS.has(key)) return "address";
  // The exemptions come before the secret words: `gen_ai.usage.input_tokens` is a count.
  if (USER_AGENT_KEYS.has(key)) return "keep";
  if (key.startsWith("gen_ai.") || key.startsWith("mcp.")) return "body";
  return options.scrubDefaults ? judgeByDefaults(key, options.extraKeys) : "plain";
}

function judgeByDefaults(key: string, extraKeys: readonly string[]): KeyVerdict {
  if (isSensitiveKey(key, extraKeys)) return "secret";
  if (key === "cookies") return "cookies";
  if (COOKIE_HEADER_KEYS.has(key)) return "cookie-header";
  if (key.startsWith(COOKIE_ATTRIBUTE_PREFIX) && isSessionCookie(key.slice(COOKIE_ATTRIBUTE_PREFIX.length)))
    return "cookie";
  return "plain";
}
