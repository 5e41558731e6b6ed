import { expect, it } from "vitest";
import { RateGate } from "./rate-gate.js";

const one = { rateKey: "hook:1", service: "discord" };
const two = { rateKey: "hook:2", service: "discord" };
const mail = { rateKey: "mail:1", service: "mail" };

it("closes one destination and leaves the others open", () => {
  const gate = new RateGate();
  gate.close(one, { ms: 500, scope: "destination" }, 1_000);
  expect([one, two].map((keys) => gate.waitMs(keys, 1_200))).toEqual([300, 0]);
  expect(gate.waitMs(one, 1_500)).toBe(0);
});

it("closes everything of a service", () => {
  const gate = new RateGate();
  gate.close(one, { ms: 500, scope: "service" }, 0);
  expect([one, two, mail].map((keys) => gate.waitMs(keys, 100))).toEqual([400, 400, 0]);
});

it("never shortens a pause", () => {
  const gate = new RateGate();
  gate.close(one, { ms: 9_000, scope: "destination" }, 0);
  gate.close(one, { ms: 100, scope: "destination" }, 0);
  expect(gate.waitMs(one, 0)).toBe(9_000);
});
