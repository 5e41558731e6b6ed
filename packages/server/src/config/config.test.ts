import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "./config-error.js";
import { readConfig, unknownSettings } from "./config.js";

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

describe("the settings", () => {
  it("have the documented defaults", () => {
    expect(readConfig({ PATH: "/bin" })).toEqual({
      host: "127.0.0.1",
      port: 9000,
      dataDir: resolve(".vedette"),
      databaseUrl: `sqlite:${resolve(".vedette/meta.sqlite")}`,
      clickhouseUrl: null,
      queuePath: resolve(".vedette/queue.sqlite"),
      blobDir: resolve(".vedette/blobs"),
      publicUrl: "http://127.0.0.1:9000",
      adminEmail: null,
      adminPassword: null,
      bootstrapKey: null,
      bootstrapToken: null,
      secretKeys: null,
      provisionPath: null,
      allowPrivateHooks: false,
      discordApiUrl: "https://discord.com/api",
      trustProxy: false,
      logLevel: "info",
      maxBacklog: 200_000,
    });
  });

  it("are read from the environment", () => {
    const config = readConfig({
      VEDETTE_HOST: "0.0.0.0",
      VEDETTE_PORT: " 0 ",
      VEDETTE_DATA_DIR: "/data",
      VEDETTE_ROLE: "All",
      VEDETTE_DATABASE_URL: "postgres://v:s@db/vedette",
      VEDETTE_CLICKHOUSE_URL: "http://default:x@ch:8123/",
      VEDETTE_QUEUE_URL: "sqlite:/fast/queue.sqlite",
      VEDETTE_BLOB_URL: "file:///big/blobs",
      VEDETTE_PUBLIC_URL: "https://errors.example.com/",
      VEDETTE_SECRET_KEY: "ab".repeat(32),
      VEDETTE_ALLOW_PRIVATE_HOOKS: "1",
      VEDETTE_TRUST_PROXY: "2",
      VEDETTE_ADMIN_EMAIL: "",
    });
    expect(config).toMatchObject({
      port: 0,
      databaseUrl: "postgres://v:s@db/vedette",
      clickhouseUrl: "http://default:x@ch:8123",
      queuePath: "/fast/queue.sqlite",
      blobDir: "/big/blobs",
      publicUrl: "https://errors.example.com",
      secretKeys: [Buffer.alloc(32, 0xab)],
      allowPrivateHooks: true,
      trustProxy: 2,
      adminEmail: null,
    });
  });

  it("give an address people can open when the server listens everywhere", () => {
    expect(readConfig({ VEDETTE_HOST: "0.0.0.0" }).publicUrl).toBe("http://localhost:9000");
    expect(readConfig({ VEDETTE_HOST: "::1", VEDETTE_PORT: "80" }).publicUrl).toBe("http://[::1]:80");
  });

  it.each([
    ["VEDETTE_PORT", "nine", /^VEDETTE_PORT must be a whole number from 0 to 65535, for example 9000\.$/],
    ["VEDETTE_PORT", "70000", /^VEDETTE_PORT must be a whole number from 0 to 65535, for example 9000\.$/],
    ["VEDETTE_ROLE", "worker", /^VEDETTE_ROLE must be all: this version cannot split/],
    ["VEDETTE_ROLE", "boss", /^VEDETTE_ROLE must be one of all, ingest, worker, web, for example all\.$/],
    [
      "VEDETTE_DATABASE_URL",
      "mysql://x/y",
      /^VEDETTE_DATABASE_URL must be a PostgreSQL address .* for example postgres:/,
    ],
    [
      "VEDETTE_CLICKHOUSE_URL",
      "clickhouse:9000",
      /^VEDETTE_CLICKHOUSE_URL must be an address that starts with http:/,
    ],
    [
      "VEDETTE_CLICKHOUSE_URL",
      "http://a:1,http://b:1",
      /^VEDETTE_CLICKHOUSE_URL (names several servers|must be)/,
    ],
    [
      "VEDETTE_QUEUE_URL",
      "nats://broker:4222",
      /^VEDETTE_QUEUE_URL asks for NATS JetStream, which this version cannot/,
    ],
    ["VEDETTE_BLOB_URL", "s3://bucket", /^VEDETTE_BLOB_URL asks for S3, which this version cannot use yet/],
    [
      "VEDETTE_PUBLIC_URL",
      "errors.example.com",
      /^VEDETTE_PUBLIC_URL must be an address .* https:\/\/errors\.example\.com\.$/,
    ],
    [
      "VEDETTE_ADMIN_EMAIL",
      "admin",
      /^VEDETTE_ADMIN_EMAIL must be an e-mail address, for example admin@example\.com\.$/,
    ],
    ["VEDETTE_ADMIN_PASSWORD", "short", /^VEDETTE_ADMIN_PASSWORD must have at least 8 characters/],
    ["VEDETTE_BOOTSTRAP_KEY", "XYZ", /^VEDETTE_BOOTSTRAP_KEY must have 32 lower-case hex characters/],
    ["VEDETTE_BOOTSTRAP_TOKEN", "x", /^VEDETTE_BOOTSTRAP_TOKEN must have at least 16/],
    ["VEDETTE_SECRET_KEY", "password", /^VEDETTE_SECRET_KEY must hold 32 bytes .* openssl rand -hex 32$/],
    ["VEDETTE_ALLOW_PRIVATE_HOOKS", "maybe", /^VEDETTE_ALLOW_PRIVATE_HOOKS must be one of 0, 1, true, false/],
    ["VEDETTE_TRUST_PROXY", "the one", /^VEDETTE_TRUST_PROXY must be true, false, the number of proxies/],
    ["VEDETTE_LOG_LEVEL", "loud", /^VEDETTE_LOG_LEVEL must be one of debug, info/],
  ])("refuse %s=%s with advice", (name, value, expected) => {
    expect(messageOf({ [name]: value })).toMatch(expected);
  });

  it("leave the address alone which Kubernetes sets for a service of this name", () => {
    expect(readConfig({ VEDETTE_PORT: "tcp://10.0.0.1:9000" }).port).toBe(9000);
  });

  it("tell which names are unknown", () => {
    const environment = {
      VEDETTE_PROT: "9000",
      VEDETTE_PORT: "9000",
      VEDETTE_TEST_POSTGRES_URL: "x",
      HOME: "/",
    };
    expect(unknownSettings(environment)).toEqual(["VEDETTE_PROT"]);
    expect(readConfig(environment).port).toBe(9000);
  });

  it("name every fault at once, and never repeat a secret", () => {
    const message = messageOf({
      VEDETTE_PORT: "x",
      VEDETTE_LOG_LEVEL: "y",
      VEDETTE_SECRET_KEY: "hunter2hunter2",
    });
    expect(message.split("\n")).toHaveLength(3);
    expect(message).not.toContain("hunter2");
  });
});
