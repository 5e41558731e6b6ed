import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";
import { readUserAgent } from "./user-agent.js";

const CHROME_WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

function read(userAgent: string, headers: Record<string, string> = {}) {
  return readUserAgent((name) => (name === "User-Agent" ? userAgent : headers[name]));
}

describe("readUserAgent", () => {
  it.each([
    [CHROME_WINDOWS, "Chrome", "Windows", ">=10", undefined],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      "Safari",
      "Mac OS X",
      ">=10.15.7",
      "Mac",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
      "Mobile Safari",
      "iOS",
      "17.4",
      "iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
      "Chrome Mobile",
      "Android",
      "14",
      "Pixel 8",
    ],
    [
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
      "Chrome Mobile",
      "Android",
      "10",
      undefined,
    ],
    ["Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)", "IE", "Windows", "7", undefined],
    [
      "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
      "Firefox",
      "Linux",
      undefined,
      undefined,
    ],
    [
      "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10",
      "Opera Mini",
      undefined,
      undefined,
      undefined,
    ],
    ["curl/8.0", undefined, undefined, undefined, undefined],
  ])("reads %s", (...[agent, browser, os, version, device]) => {
    const facts = read(agent);
    expect([facts.browser?.name, facts.os?.name, facts.os?.version, facts.device?.family]).toEqual([
      browser,
      os,
      version,
      device,
    ]);
  });

  it("believes client hints more than the agent", () => {
    const hints = {
      "Sec-Ch-Ua": '"Not/A)Brand";v="8", "Chromium";v="126", "Google Chrome";v="126"',
      "Sec-Ch-Ua-Platform": '"Windows"',
      "Sec-Ch-Ua-Platform-Version": '"15.0.0"',
      "Sec-Ch-Ua-Model": '""',
    };
    expect(read(CHROME_WINDOWS, hints)).toMatchObject({
      browser: { name: "Chrome", version: "126" },
      os: { name: "Windows", version: "11" },
      device: null,
    });
  });
});

describe("contexts from the user agent", () => {
  const request = { headers: { "user-agent": CHROME_WINDOWS } };

  it("fill browser and os of a browser event", () => {
    expect(normalised({ platform: "javascript", request }).contexts).toEqual({
      browser: { name: "Chrome", version: "126.0.0.0", type: "browser" },
      os: { name: "Windows", version: ">=10", type: "os" },
    });
  });

  it("leave the os of a server alone", () => {
    const contexts = { os: { name: "Linux" } };
    expect(normalised({ platform: "python", request, contexts }).contexts).toMatchObject({
      os: { name: "Linux" },
      client_os: { name: "Windows" },
    });
  });

  it("never replace what the SDK told", () => {
    const contexts = { browser: { name: "Custom" } };
    expect(normalised({ platform: "javascript", request, contexts }).contexts?.["browser"]).toMatchObject({
      name: "Custom",
    });
  });
});
