import { expect, it } from "vitest";
import { crumbHeadline } from "./crumb-headline.js";

it("tells a request in one line and leaves the rest", () => {
  const data = { url: "https://shop.example/stock", "http.request.method": "GET", status_code: 500, size: 3 };
  expect(crumbHeadline({ data })).toEqual({
    text: "GET https://shop.example/stock → 500",
    rest: { size: 3 },
  });
});

it("prefers the message and keeps all data", () => {
  const data = { url: "https://shop.example/" };
  expect(crumbHeadline({ message: "clicked", data })).toEqual({ text: "clicked", rest: data });
});

it("leaves data without an address as it is", () => {
  expect(crumbHeadline({ data: { from: "/a", to: "/b" } })).toEqual({
    text: null,
    rest: { from: "/a", to: "/b" },
  });
});
