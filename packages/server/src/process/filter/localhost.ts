import type { NormalisedEvent } from "@vedette/protocol";
import { headerOf } from "../normalise/request.js";

const LOCAL_IPS: ReadonlySet<string> = new Set(["127.0.0.1", "::1"]);
const LOCAL_HOSTS = ["localhost", "127.0.0.1"] as const;
const HOST_OF_URL = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^/?#:]*)/i;

/**
 * True for an event of somebody's own machine: the user's address is the loopback, or the request's URL is a file
 * or on localhost or a subdomain of it. `Host` and `X-Forwarded-Host` are only asked when there is no URL.
 */
export function isFromLocalhost(event: NormalisedEvent): boolean {
  const ip = event.user?.ip_address;
  if (ip !== undefined && LOCAL_IPS.has(ip)) return true;
  const { request } = event;
  const url = request?.url;
  if (url !== undefined) return /^file:/i.test(url) || isLocalHost(HOST_OF_URL.exec(url)?.[1] ?? "");
  return isLocalHeader(headerOf(request, "Host")) || isLocalHeader(headerOf(request, "X-Forwarded-Host"));
}

function isLocalHeader(value: string | undefined): boolean {
  if (value === undefined) return false;
  const [first = ""] = value.split(",", 1);
  return isLocalHost(first.trim().replace(/:\d+$/, ""));
}

function isLocalHost(host: string): boolean {
  const name = host.toLowerCase();
  return name === "[::1]" || LOCAL_HOSTS.some((local) => name === local || name.endsWith(`.${local}`));
}
