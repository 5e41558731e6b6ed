import { expect, it } from "vitest";
import { platforms } from "../../components/platforms.js";
import { snippetFor } from "./snippets.js";

const dsn = "http://0123456789abcdef0123456789abcdef@127.0.0.1:9000/7";

it.each(platforms.filter((one) => one.id !== "curl").map((one) => one.id))(
  "puts the DSN into the code for %s",
  (id) => {
    const snippet = snippetFor(id, dsn);
    expect(snippet.code).toContain(dsn);
    expect(snippet.install).toBeTruthy();
    expect(snippet.verify).toBeTruthy();
  },
);

it("writes a curl command for the project's store endpoint", () => {
  const { code } = snippetFor("curl", dsn);
  expect(code).toContain("http://127.0.0.1:9000/api/7/store/");
  expect(code).toContain("sentry_key=0123456789abcdef0123456789abcdef");
});
