import { expect, it } from "vitest";
import { isPrivateAddress } from "./private-address.js";

it.each([
  "127.0.0.1",
  "127.8.8.8",
  "0.0.0.0",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "fe80::1%eth0",
  "fd00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:a00:1",
  "64:ff9b::7f00:1",
  "64:ff9b::169.254.169.254",
  "2002:7f00:1::",
  "2001:db8::1",
  "no address",
  "",
])("refuses %s", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each([
  "8.8.8.8",
  "162.159.128.233",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::6810:85e5",
  "::ffff:8.8.8.8",
  "64:ff9b::808:808",
])("lets %s pass", (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});
