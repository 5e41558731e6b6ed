/**
 * Parts of a key that make its value a secret, compared without regard to case (S0.11: the set a team can extend,
 * see `extraKeys`). `auth` also meets `author` and `authority`: that is the rule Sentry users know, and
 * `safeFields` is the way out.
 */
export const SENSITIVE_KEYS: readonly string[] = Object.freeze([
  "password",
  "secret",
  "passwd",
  "api_key",
  "api-key",
  "apikey",
  "auth",
  "credentials",
  "mysql_pwd",
  "privatekey",
  "private_key",
  "private-key",
  "token",
  "two_factor",
  "two-factor",
]);

/** Patterns, as regular expression sources, of secret words inside a value. */
const SECRET_WORDS = [
  "password",
  "secret",
  "passwd",
  "api[-_]key",
  "apikey",
  "auth",
  "credentials",
  "mysql_pwd",
  "private[-_]?key",
  "two[-_]factor",
  String.raw`\botp\b`,
  // "Unexpected token" is no secret; "token=abc" and "access_token: abc" are.
  String.raw`token[^\s=:]{0,64}[=:]`,
];

const COOKIE_NAMES: ReadonlySet<string> = new Set([
  "sentrysid",
  "sudo",
  "su",
  "session",
  "__session",
  "sessionid",
  "user_session",
  "symfony",
  "phpsessid",
  "fasthttpsessionid",
  "mysession",
  "irissessionid",
  "_vercel_jwt",
  "csrf",
  "xsrf",
  "_xsrf",
  "_csrf",
  "csrf-token",
  "csrf_token",
  "xsrf-token",
  "xsrf_token",
  "fastcsrf",
  "_iris_csrf",
]);

const OTP_WORD = /\botp\b/i;

/** Expression, matching without regard to case, for a secret word anywhere in a value. */
export const SECRET_WORD_SOURCE = SECRET_WORDS.join("|");

/** True when a key names a secret: one of `SENSITIVE_KEYS` or of `extraKeys` (lower case) inside it, or the word `otp`. */
export function isSensitiveKey(key: string, extraKeys: readonly string[] = []): boolean {
  const lower = key.toLowerCase();
  return (
    SENSITIVE_KEYS.some((part) => lower.includes(part)) ||
    extraKeys.some((part) => lower.includes(part)) ||
    OTP_WORD.test(lower)
  );
}

/** True for the name of a cookie that carries a session or a CSRF token, compared without regard to case. */
export function isSessionCookie(name: string): boolean {
  return COOKIE_NAMES.has(name.toLowerCase());
}

/** Escapes a literal for use inside a regular expression. */
export function escapePattern(literal: string): string {
  return literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
