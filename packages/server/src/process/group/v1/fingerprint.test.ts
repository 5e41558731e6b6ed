import { describe, expect, it } from "vitest";
import type { GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

const BASE: GroupableEvent = {
  platform: "python",
  level: "error",
  logger: "shop.jobs",
  transaction: "/checkout",
  environment: "production",
  release: "shop@1.0",
  tags: [["region", "eu"]],
  logentry: { formatted: "it failed" },
  exception: {
    values: [
      {
        type: "KeyError",
        value: "'a'",
        stacktrace: {
          frames: [
            {
              module: "shop.cart",
              function: "total",
              filename: "shop/cart.py",
              abs_path: "/app/shop/cart.py",
              in_app: true,
            },
          ],
        },
      },
    ],
  },
};

const group = (fingerprint: readonly unknown[] | undefined, more: GroupableEvent = {}) =>
  groupEventV1({ ...BASE, ...more, fingerprint });
const hash = (fingerprint: readonly unknown[] | undefined, more: GroupableEvent = {}) =>
  group(fingerprint, more).hashes[0];
const shown = (fingerprint: readonly unknown[]) =>
  group(fingerprint)
    .explanation.components.filter((one) => one.label === "fingerprint")
    .map((one) => one.value);

describe("the sender's fingerprint", () => {
  const plain = hash(undefined);

  it.each([[[]], [["{{ default }}"]], [["{{default}}"]], [["{{ default }}", "{{default}}"]]])(
    "%j means the default",
    (fingerprint) => {
      expect(hash(fingerprint)).toBe(plain);
      expect(group(fingerprint).explanation.basis).toBe("exception");
    },
  );

  it("joins events that have nothing else in common", () => {
    const other: GroupableEvent = { platform: "go", exception: { values: [{ type: "Other", value: "y" }] } };
    expect(hash(["db-down"], other)).toBe(hash(["db-down"]));
    expect(group(["db-down"]).explanation).toEqual({
      algorithm: "v1",
      basis: "fingerprint",
      summary: "Same fingerprint given by the sender",
      components: [{ label: "fingerprint", value: "db-down" }],
    });
  });

  it("refines the default with {{ default }}", () => {
    const eu = hash(["{{ default }}", "eu"]);
    expect(eu).toBe(hash(["{{default}}", "eu"]));
    expect(eu).not.toBe(plain);
    expect(eu).not.toBe(hash(["{{ default }}", "us"]));
    expect(eu).not.toBe(
      hash(["{{ default }}", "eu"], { exception: { values: [{ type: "Other", value: "x" }] } }),
    );
    expect(eu).not.toBe(hash(["eu", "{{ default }}"]));
  });

  it("explains the default it refines", () => {
    const { explanation } = group(["{{ default }}", "eu"]);
    expect(explanation.summary).toBe(
      "Same fingerprint given by the sender, within: Same exception type and same in-app frames",
    );
    expect(explanation.components).toEqual([
      { label: "fingerprint", value: "{{ default }}" },
      { label: "fingerprint", value: "eu" },
      { label: "exception", value: "KeyError" },
      { label: "frame", value: "shop.cart in total" },
    ]);
  });

  it.each([
    ["{{ type }}", "KeyError"],
    ["{{ error.type }}", "KeyError"],
    ["{{ error.value }}", "'a'"],
    ["{{ stack.function }}", "total"],
    ["{{ stack.module }}", "shop.cart"],
    ["{{ stack.abs_path }}", "/app/shop/cart.py"],
    ["{{ transaction }}", "/checkout"],
    ["{{ message }}", "it failed"],
    ["{{ level }}", "error"],
    ["{{ logger }}", "shop.jobs"],
    ["{{ environment }}", "production"],
    ["{{ release }}", "shop@1.0"],
    ["{{ tags.region }}", "eu"],
    ["{{tags.region}}", "eu"],
    ["{{ tags.missing }}", "<none>"],
    ["{{ package }}", "<none>"],
    ["{{ whatever }}", "{{ whatever }}"],
    ["db-{{ level }}-{{ tags.region }}", "db-error-eu"],
  ])("fills %s with %s", (part, value) => {
    expect(shown([part])).toEqual([value]);
  });

  it("takes its parts one by one", () => {
    expect(hash(["ab", "c"])).not.toBe(hash(["a", "bc"]));
    expect(hash(["a", "b"])).not.toBe(hash(["b", "a"]));
  });

  it("cannot be forged by event text", () => {
    expect(hash(["a\u0002fingerprint\u0001b"])).not.toBe(hash(["a", "b"]));
  });

  it("takes numbers and truth values", () => {
    expect(hash([1, true])).toBe(hash(["1", "true"]));
  });
});

describe("the sender's checksum", () => {
  it("is the hash when it looks like one", () => {
    const checksum = "ABCDEF0123456789ABCDEF0123456789";
    expect(groupEventV1({ ...BASE, checksum }).hashes).toEqual([checksum.toLowerCase()]);
    expect(groupEventV1({ ...BASE, checksum }).explanation.basis).toBe("checksum");
  });

  it("is hashed otherwise", () => {
    expect(groupEventV1({ ...BASE, checksum: "x" }).hashes[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
