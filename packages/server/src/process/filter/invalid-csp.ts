import type { NormalisedEvent } from "@vedette/protocol";

/** Schemes of extensions, injected scripts and in-app browsers: never the site's own doing. */
const FOREIGN_SOURCE =
  /^(?:about|chrome|chrome-extension|chrome-search|chromeinvoke|chromeinvokeimmediate|chromenull|edge|file|jar|mbinit|moz-extension|ms-browser-extension|mx|mxaddon-pkg|mxjscall|opera|res|resource|safari-extension|safari-resource|safari-web-extension|symres|tmtbff|view-source|webkit-masked-url|webviewprogressproxy)(?::|$)/i;

/** True for a CSP report about something a browser extension or the browser itself put into the page. */
export function isInvalidCsp(event: NormalisedEvent): boolean {
  const { csp } = event;
  if (csp === undefined) return false;
  return isForeign(csp["blocked_uri"]) || isForeign(csp["source_file"]);
}

function isForeign(value: unknown): boolean {
  return typeof value === "string" && FOREIGN_SOURCE.test(value);
}
