import { expect, it } from "vitest";
import { isWebAddress } from "./web-address.js";

it.each(["https://shop.example/cart?id=1", "HTTP://10.0.0.1:8080/x"])("takes %s", (text) => {
  expect(isWebAddress(text)).toBe(true);
});

it.each([
  "javascript:alert(1)",
  " https://x",
  "data:text/html,x",
  "https://",
  "//host/x",
  "see https://x",
  "ftp://x",
])("refuses %s", (text) => {
  expect(isWebAddress(text)).toBe(false);
});
