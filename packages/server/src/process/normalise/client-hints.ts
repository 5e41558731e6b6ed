import type { NameAndVersion, UserAgentFacts } from "./user-agent.js";

/** Value of a request header by its canonical name; undefined when absent. */
export type HeaderReader = (name: string) => string | undefined;

/** What client hints tell, read only when it is asked for. */
export interface ClientHints {
  /** Text which is equal for equal hints; empty when there are none. */
  readonly key: string;
  readonly facts: () => Partial<UserAgentFacts>;
}

const BRAND = /"([^"]{1,60})"\s*;\s*v="([^"]{1,30})"/g;
/** Brands that stand for an engine or were made up to keep readers honest. */
const GENERIC_BRAND = /chromium|not.?a.?brand|not.{0,3}brand/i;
/** Windows tells 13 and above for Windows 11 (Microsoft: detect Windows 11 using User-Agent Client Hints). */
const FIRST_WINDOWS_11 = 13;

const BRAND_NAMES: ReadonlyMap<string, string> = new Map([
  ["Google Chrome", "Chrome"],
  ["Microsoft Edge", "Edge"],
]);
const PLATFORM_NAMES: ReadonlyMap<string, string> = new Map([["macOS", "Mac OS X"]]);

/** Finds the `Sec-CH-UA*` headers (https://wicg.github.io/ua-client-hints/); what they tell wins over the agent. */
export function clientHintsOf(headerOf: HeaderReader): ClientHints {
  // SDKs differ in how they write the names; these are the forms the header rule makes of them.
  const brands = headerOf("Sec-Ch-Ua-Full-Version-List") ?? headerOf("Sec-Ch-Ua") ?? headerOf("Sec-CH-UA");
  const platform = headerOf("Sec-Ch-Ua-Platform") ?? headerOf("Sec-CH-UA-Platform");
  const version = headerOf("Sec-Ch-Ua-Platform-Version") ?? headerOf("Sec-CH-UA-Platform-Version");
  const model = headerOf("Sec-Ch-Ua-Model") ?? headerOf("Sec-CH-UA-Model");
  if (brands === undefined && platform === undefined && model === undefined)
    return { key: "", facts: () => ({}) };
  const facts = (): Partial<UserAgentFacts> => {
    const browser = browserOf(brands);
    const os = osOf(unquoted(platform), unquoted(version));
    const device = unquoted(model);
    return {
      ...(browser === null ? {} : { browser }),
      ...(os === null ? {} : { os }),
      ...(device === "" ? {} : { device: { family: device, model: device } }),
    };
  };
  return {
    key: [brands, platform, version, model].map((part) => part?.slice(0, 300) ?? "").join("\n"),
    facts,
  };
}

function browserOf(brands: string | undefined): NameAndVersion | null {
  for (const [, name = "", version = ""] of (brands ?? "").slice(0, 1000).matchAll(BRAND)) {
    if (!GENERIC_BRAND.test(name)) return { name: BRAND_NAMES.get(name) ?? name, version };
  }
  return null;
}

function osOf(platform: string, version: string): NameAndVersion | null {
  // Without a version the agent knows more.
  if (platform === "" || version === "") return null;
  if (platform !== "Windows") return { name: PLATFORM_NAMES.get(platform) ?? platform, version };
  const major = Number.parseInt(version, 10);
  return { name: "Windows", version: major >= FIRST_WINDOWS_11 ? "11" : "10" };
}

function unquoted(text: string | undefined): string {
  return text?.slice(0, 100).replaceAll('"', "").trim() ?? "";
}
