import { expect, it } from "vitest";
import { curlCommand } from "./curl-command.js";

it("writes method, query, headers and body", () => {
  const command = curlCommand({
    method: "POST",
    url: "https://shop.example/api/orders",
    query: [["dry", "1"]],
    headers: [
      ["Content-Type", "application/json"],
      ["Host", "shop.example"],
    ],
    data: { id: 7 },
  });
  expect(command).toBe(
    "curl -X POST 'https://shop.example/api/orders?dry=1' \\\n" +
      "  -H 'Content-Type: application/json' \\\n" +
      `  --data-raw '{"id":7}'`,
  );
});

it("cannot be broken out of by quotes or an odd method", () => {
  const command = curlCommand({
    method: "GET; rm -rf /",
    url: "https://x.example/'; rm -rf ~ #",
    headers: [],
  });
  expect(command).toBe(`curl -X GET 'https://x.example/'\\''; rm -rf ~ #'`);
});

it("answers null without a web address", () => {
  expect(curlCommand({ url: "file:///etc/passwd" })).toBeNull();
  expect(curlCommand({})).toBeNull();
});
