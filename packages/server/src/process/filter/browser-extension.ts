import type { Frame, NormalisedEvent } from "@vedette/protocol";

/** Texts only extensions and toolbars put into error values (ingest sheet 9). */
const EXTENSION_VALUES = [
  "top.GLOBALS",
  "originalCreateNotification",
  "canvas.contentDocument",
  "MyApp_RemoveAllHighlights",
  "http://tt.epicplay.com",
  "Can't find variable: ZiteReader",
  "jigsaw is not defined",
  "ComboSearch is not defined",
  "http://loading.retry.widdit.com/",
  "atomicFindClose",
  "fb_xd_fragment",
  "bmi_SafeAddOnload",
  "EBCallBackMessageReceived",
  "_gCrWeb",
  "conduitPage",
  "null is not an object (evaluating 'elt.parentNode')",
  "plugin.setSuspendState is not a function",
  "Extension context invalidated",
  "webkit-masked-url:",
  "can't access dead object",
].map((text) => text.toLowerCase());

/** Places extensions and injected scripts run from. */
const EXTENSION_SOURCES = [
  "graph.facebook.com",
  "connect.facebook.net",
  "eatdifferent.com.woopra-ns.com",
  "static.woopra.com/js/woopra.js",
  "chrome://",
  "chrome-extension://",
  "moz-extension://",
  "safari-extension://",
  "safari-web-extension://",
  "webkit-masked-url",
  "127.0.0.1:4001/isrunning",
  "webappstoolbarba.texthelp.com/",
  "metrics.itunes.apple.com.edgesuite.net/",
  "kaspersky-labs.com",
];

const ANONYMOUS_FILES: ReadonlySet<string> = new Set(["<anonymous>", "[native code]", "native code"]);

/** True when the event's first exception comes from a browser extension, by its value or its last named file. */
export function isFromBrowserExtension(event: NormalisedEvent): boolean {
  const first = event.exception?.values[0];
  if (first === undefined) return false;
  const value = first.value?.toLowerCase() ?? "";
  if (value !== "" && EXTENSION_VALUES.some((text) => value.includes(text))) return true;
  const source = first.stacktrace?.frames.findLast(isNamed)?.abs_path?.toLowerCase() ?? "";
  return source !== "" && EXTENSION_SOURCES.some((text) => source.includes(text));
}

function isNamed(frame: Frame): boolean {
  return frame.abs_path !== undefined && !ANONYMOUS_FILES.has(frame.abs_path);
}
