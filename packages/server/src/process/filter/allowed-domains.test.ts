import { describe, expect, it } from "vitest";
import { isOriginAllowed } from "./allowed-domains.js";
import { compileIpList } from "./ip-list.js";

describe("isOriginAllowed", () => {
  it.each([
    ["https://shop.example", ["*"], true],
    [null, ["shop.example"], true],
    ["", ["shop.example"], true],
    [null, [], true],
    ["https://shop.example", [], false],
    ["https://shop.example", ["shop.example"], true],
    ["https://SHOP.example:8443", ["shop.example"], true],
    ["https://www.shop.example", ["shop.example"], false],
    ["https://www.shop.example", ["*.shop.example"], true],
    ["https://shop.example", ["*.shop.example"], true],
    ["https://evilshop.example", ["*.shop.example"], false],
    ["https://shop.example", ["https://shop.example"], true],
    ["http://shop.example", ["https://shop.example"], false],
    ["http://shop.example", ["*://shop.example"], true],
    ["http://localhost:3000", ["localhost:3000"], true],
    ["http://localhost:3001", ["localhost:3000"], false],
    ["http://localhost:3001", ["localhost:*"], true],
    ["https://shop.example", ["shop.example:443"], true],
    ["null", ["shop.example"], false],
    ["null", ["*"], true],
  ])("lets %s through %j: %s", (origin, allowed, expected) => {
    expect(isOriginAllowed(origin, allowed)).toBe(expected);
  });
});

describe("compileIpList", () => {
  it.each([
    ["10.1.2.3", ["10.0.0.0/8"], true],
    ["11.1.2.3", ["10.0.0.0/8"], false],
    ["192.0.2.1", ["192.0.2.1"], true],
    ["192.0.2.1", [" 192.0.2.1 "], true],
    ["::ffff:10.1.2.3", ["10.0.0.0/8"], true],
    ["2001:db8::1", ["2001:db8::/32"], true],
    ["2001:db9::1", ["2001:db8::/32"], false],
    ["2001:db8:0:0::1", ["2001:db8::1"], true],
    ["10.1.2.3", ["10.0.0.0/99", "nonsense", ""], false],
    ["no address", ["0.0.0.0/0"], false],
    ["", ["0.0.0.0/0"], false],
  ])("finds %s in %j: %s", (ip, list, expected) => {
    expect(compileIpList(list)(ip)).toBe(expected);
  });
});
