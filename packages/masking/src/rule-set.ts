import { findCreditCards, maskCreditCard } from "./detectors/credit-card.js";
import type { Detector } from "./detectors/detector.js";
import { findEmails, maskEmail } from "./detectors/email.js";
import { findIbans } from "./detectors/iban.js";
import { findIpv4, findIpv6 } from "./detectors/ip-address.js";
import {
  findAssignedSecrets,
  findBearerTokens,
  findPemKeys,
  findSocialSecurityNumbers,
  findUrlCredentials,
} from "./detectors/secret.js";
import { findPosixUserPaths, findWindowsUserPaths } from "./detectors/user-path.js";
import type { MaskingStyle, ResolvedOptions } from "./options.js";

/** Written for a whole secret, by style. */
export const SECRET_TEXT: Readonly<Record<MaskingStyle, string>> = {
  filtered: "[Filtered]",
  masked: "***MASKED***",
};

/** Written for an IP address in either style. */
export const IP_TEXT = "[ip]";

/** Where a text stands: a value of a possibly personal field, or a body people read (§8.3). */
export type Place = "value" | "body";

/** Returns the in-place rules for one place in the order they run; empty when the options switch all of them off. */
export function selectDetectors(options: ResolvedOptions, place: Place): readonly Detector[] {
  return [
    ...(options.scrubDefaults ? defaultDetectors(options.style, place) : []),
    ...(options.scrubIpAddresses ? ipDetectors() : []),
  ];
}

function defaultDetectors(style: MaskingStyle, place: Place): Detector[] {
  const secret = SECRET_TEXT[style];
  const isBody = place === "body";
  const typed = (text: string): string => (isBody && style === "filtered" ? text : secret);
  const detectors = [
    substitute("@pemkey:filter", (text) => findPemKeys(text, secret)),
    substitute("@urlauth:filter", (text) => findUrlCredentials(text, secret)),
    substitute("@bearer:filter", (text) => findBearerTokens(text, secret)),
  ];
  // In a value the secret words take the whole value, so there is nothing left for this one.
  if (isBody) detectors.push(substitute("@assignment:filter", (text) => findAssignedSecrets(text, secret)));
  // Values keep e-mail addresses as Sentry does; S0.11 masks them everywhere.
  if (isBody || style === "masked") detectors.push(emailDetector(style));
  detectors.push(
    creditCardDetector(style, typed("[creditcard]")),
    substitute("@iban:filter", (text) => findIbans(text, typed("[iban]"))),
    substitute("@usssn:filter", (text) => findSocialSecurityNumbers(text, typed("[us-ssn]"))),
  );
  if (!isBody) {
    detectors.push(
      substitute("@userpath:replace", (text) => findWindowsUserPaths(text, "[user]")),
      substitute("@userpath:replace", (text) => findPosixUserPaths(text, "[user]")),
    );
  }
  return detectors;
}

function ipDetectors(): Detector[] {
  return [
    substitute("@ip:replace", (text) => findIpv6(text, IP_TEXT)),
    substitute("@ip:replace", (text) => findIpv4(text, IP_TEXT)),
  ];
}

function emailDetector(style: MaskingStyle): Detector {
  return style === "masked"
    ? { rule: "@email:mask", code: "m", find: (text) => findEmails(text, maskEmail) }
    : substitute("@email:replace", (text) => findEmails(text, () => "[email]"));
}

function creditCardDetector(style: MaskingStyle, replacement: string): Detector {
  return style === "masked"
    ? { rule: "@creditcard:mask", code: "m", find: (text) => findCreditCards(text, maskCreditCard) }
    : substitute("@creditcard:filter", (text) => findCreditCards(text, () => replacement));
}

function substitute(rule: string, find: Detector["find"]): Detector {
  return { rule, code: "s", find };
}

/**
 * Returns the sources of expressions, matching without regard to case, one of which meets every text that
 * `selectDetectors` could change. One joined test of them per value is what keeps a clean event cheap.
 */
export function hintSources(options: ResolvedOptions, place: Place): readonly string[] {
  const isBody = place === "body";
  const defaults = [
    String.raw`-----BEGIN `,
    String.raw`:\/\/[^\s\/?#:@]{0,256}:[^\s\/?#]{0,256}@`,
    String.raw`bearer\s`,
    String.raw`\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d`,
    String.raw`[a-z]{2}\d\d ?[a-z0-9]{4} ?[a-z0-9]{4}`,
    String.raw`\d{3}-\d{2}-\d{4}`,
    ...(isBody
      ? [
          "password",
          "passwd",
          "secret",
          "api[-_]?key",
          "mysql_pwd",
          "private[-_]?key",
          "credentials",
          "token",
        ]
      : []),
    ...(isBody || options.style === "masked" ? ["@"] : []),
    ...(isBody ? [] : [String.raw`[\\/](?:users|home|documents and settings)[\\/]`]),
  ];
  return [
    ...(options.scrubDefaults ? defaults : []),
    ...(options.scrubIpAddresses ? [String.raw`\d\.\d{1,3}\.\d{1,3}\.\d`, ":[0-9a-f]{0,4}:"] : []),
  ];
}
