import type { FilterReason, NormalisedEvent } from "@vedette/protocol";
import type { ProjectSettings } from "../../domain/project-settings.js";
import type { EventContext } from "../contract.js";
import { headerOf } from "../normalise/request.js";
import { isFromBrowserExtension } from "./browser-extension.js";
import { compileGlob } from "./glob.js";
import type { Glob } from "./glob.js";
import { isHealthCheck } from "./health-check.js";
import { isInvalidCsp } from "./invalid-csp.js";
import { compileIpList } from "./ip-list.js";
import { isChunkLoadError, isHydrationError } from "./known-noise.js";
import { isLegacyBrowser } from "./legacy-browser.js";
import { isFromLocalhost } from "./localhost.js";
import { isWebCrawler } from "./web-crawler.js";

/** The part of a project's settings that decides about inbound filters. */
export type FilterSettings = ProjectSettings["filters"];

/** What a rule may look at. */
interface Candidate {
  readonly event: NormalisedEvent;
  readonly clientIp: string;
  readonly userAgent: string;
}

type Rule = (candidate: Candidate) => boolean;

/** Rules by settings object, which is made once per change of settings and never altered. */
const compiled = new WeakMap<FilterSettings, readonly (readonly [FilterReason, Rule])[]>();

/**
 * Applies a project's inbound filters to a normalised event (ingest sheet 9). A filtered event still answers 200 and
 * is counted under the key returned here.
 *
 * @param settings compiled on first use and remembered by identity: pass the same object for every event
 * @returns key of the first rule that matches, cheap and certain rules first; null when the event may stay. The key
 *   `cors` is decided by `isOriginAllowed`, before the payload is read.
 */
export function filterEvent(
  event: NormalisedEvent,
  context: EventContext,
  settings: FilterSettings,
): FilterReason | null {
  const candidate = { event, clientIp: context.clientIp, userAgent: userAgentOf(event, context) };
  for (const [reason, matches] of rulesOf(settings)) {
    if (matches(candidate)) return reason;
  }
  return null;
}

/** The visitor's agent as the event tells it; for browser events without one, that of the request which brought it. */
function userAgentOf(event: NormalisedEvent, context: EventContext): string {
  return headerOf(event.request, "User-Agent") ?? (event.platform === "javascript" ? context.userAgent : "");
}

function rulesOf(settings: FilterSettings): readonly (readonly [FilterReason, Rule])[] {
  const known = compiled.get(settings);
  if (known !== undefined) return known;
  const rules = compileRules(settings);
  compiled.set(settings, rules);
  return rules;
}

function compileRules(settings: FilterSettings): readonly (readonly [FilterReason, Rule])[] {
  const isListedIp = compileIpList(settings.ipAddresses);
  const releases = settings.releases.map((pattern) => compileGlob(pattern));
  const messages = settings.errorMessages.map((pattern) => compileGlob(pattern, { ignoreCase: true }));
  const candidates: readonly (readonly [isOn: boolean, reason: FilterReason, rule: Rule])[] = [
    [settings.ipAddresses.length > 0, "ip-address", ({ clientIp }) => isListedIp(clientIp)],
    [releases.length > 0, "release-version", ({ event }) => matchesRelease(event, releases)],
    [messages.length > 0, "error-message", ({ event }) => matchesMessage(event, messages)],
    [true, "invalid-csp", ({ event }) => isInvalidCsp(event)],
    [settings.browserExtensions, "browser-extensions", ({ event }) => isFromBrowserExtension(event)],
    [settings.localhost, "localhost", ({ event }) => isFromLocalhost(event)],
    [settings.webCrawlers, "web-crawlers", ({ userAgent }) => userAgent !== "" && isWebCrawler(userAgent)],
    [
      settings.legacyBrowsers,
      "legacy-browsers",
      ({ userAgent }) => userAgent !== "" && isLegacyBrowser(userAgent),
    ],
    [settings.healthChecks, "filtered-transaction", ({ event }) => isHealthCheckTransaction(event)],
    [settings.chunkLoadErrors, "chunk-load-error", ({ event }) => isChunkLoadError(event)],
    [settings.hydrationErrors, "react-hydration-errors", ({ event }) => isHydrationError(event)],
  ];
  return candidates.filter(([isOn]) => isOn).map(([, reason, rule]) => [reason, rule]);
}

function matchesRelease({ release }: NormalisedEvent, globs: readonly Glob[]): boolean {
  return release !== undefined && globs.some((matches) => matches(release));
}

/** Messages, and each exception as `type: value` or whichever of the two it has. */
function matchesMessage(event: NormalisedEvent, globs: readonly Glob[]): boolean {
  const exceptions = (event.exception?.values ?? []).map(({ type, value }) =>
    type === undefined || value === undefined ? (type ?? value) : `${type}: ${value}`,
  );
  const texts = [event.logentry?.formatted, event.logentry?.message, ...exceptions];
  return texts.some((text) => text !== undefined && globs.some((matches) => matches(text)));
}

/** Only transactions: an error inside a health check is one all the same. */
function isHealthCheckTransaction({ type, transaction }: NormalisedEvent): boolean {
  return type === "transaction" && transaction !== undefined && isHealthCheck(transaction);
}
