import type { Contexts, Request } from "@vedette/protocol";
import { headerOf } from "./request.js";
import { readUserAgent } from "./user-agent.js";

/**
 * Adds what the request's user agent tells of browser, system and device to the contexts, each only when it is
 * absent (ingest sheet 6.21). On a server the agent is the visitor's, so the system goes to `client_os` there.
 */
export function addAgentContexts(
  contexts: Contexts | undefined,
  request: Request | undefined,
  platform: string,
): Contexts | undefined {
  if (request?.headers === undefined) return contexts;
  const facts = readUserAgent((name) => headerOf(request, name));
  const osKey = platform === "javascript" ? "os" : "client_os";
  const { browser, os, device } = facts;
  const added: Contexts = {
    ...(browser === null || contexts?.["browser"] !== undefined
      ? {}
      : { browser: { ...browser, type: "browser" } }),
    ...(os === null || contexts?.[osKey] !== undefined ? {} : { [osKey]: { ...os, type: "os" } }),
    ...(device === null || contexts?.["device"] !== undefined
      ? {}
      : { device: { ...device, type: "device" } }),
  };
  return Object.keys(added).length === 0 ? contexts : { ...contexts, ...added };
}
