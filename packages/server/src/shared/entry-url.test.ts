import { expect, it } from "vitest";
import { entryUrl } from "./entry-url.js";

it("points from a source module to the built entry", () => {
  const url = entryUrl("file:///src/app/packages/server/src/store/events/a.ts", "./embedded/engine.js");
  expect(url.href).toBe("file:///src/app/packages/server/dist/store/events/embedded/engine.js");
});

it("resolves within dist for a built module", () => {
  const url = entryUrl("file:///app/packages/server/dist/store/a.js", "../process/worker.js");
  expect(url.href).toBe("file:///app/packages/server/dist/process/worker.js");
});
