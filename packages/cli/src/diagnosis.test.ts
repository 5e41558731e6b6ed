import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseEnvelope } from "@vedette/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./program.js";

const key = "0123456789abcdef0123456789abcdef";

/** What the stand-in at the other end of the DSN says. */
interface Behaviour {
  readonly ready: number;
  readonly envelope: number;
  /** Milliseconds by which its clock is ahead. */
  readonly aheadMs: number;
}

describe("diagnosis", () => {
  let server: Server;
  let dsn: string;
  let behaviour: Behaviour;
  let received: { url: string; body: Buffer }[];

  beforeEach(async () => {
    behaviour = { ready: 200, envelope: 200, aheadMs: 0 };
    received = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isEnvelope = request.url?.endsWith("/envelope/") === true;
        if (isEnvelope) received.push({ url: request.url ?? "", body: Buffer.concat(chunks) });
        response.statusCode = isEnvelope ? behaviour.envelope : behaviour.ready;
        response.setHeader("date", new Date(Date.now() + behaviour.aheadMs).toUTCString());
        response.setHeader("connection", "close");
        response.end(response.statusCode === 200 ? "{}" : '{"detail":"bad key"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    dsn = `http://${key}@127.0.0.1:${(server.address() as AddressInfo).port}/7`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function vedette(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      env,
      hasColor: false,
      print: (text: string) => void out.push(text),
      complain: (text: string) => void err.push(text),
    };
    return { code: await run(args, terminal), out: out.join("\n"), err: err.join("\n") };
  }
  const stepsOf = (out: string) => {
    const { findings } = JSON.parse(out) as { findings: { step: string; state: string }[] };
    return findings.map(({ step, state }) => `${step} ${state}`);
  };

  describe("doctor", () => {
    it("finds nothing wrong and leaves nothing but an empty client report", async () => {
      const { code, out } = await vedette(["doctor"], { SENTRY_DSN: dsn });
      expect({ code, out }).toMatchObject({
        code: 0,
        out: expect.stringContaining("Events can arrive") as string,
      });
      expect(out.match(/✓/g)).toHaveLength(4);
      expect(received.map(({ url }) => url)).toEqual(["/api/7/envelope/"]);
      const envelope = parseEnvelope(received[0]?.body ?? Buffer.alloc(0));
      expect(envelope).toMatchObject({ items: [{ header: { type: "client_report" } }] });
    });

    it.each([
      ["a key that is refused", { envelope: 403 }, 1, ["DSN good", "server good", "key bad", "clock good"]],
      [
        "a project over its limit",
        { envelope: 429 },
        0,
        ["DSN good", "server good", "key doubtful", "clock good"],
      ],
      [
        "a server that is not ready",
        { ready: 503 },
        0,
        ["DSN good", "server doubtful", "key good", "clock good"],
      ],
      [
        "a clock that is far off",
        { aheadMs: 3_600_000 },
        0,
        ["DSN good", "server good", "key good", "clock doubtful"],
      ],
    ] as const)("tells %s", async (_, fault, code, steps) => {
      behaviour = { ...behaviour, ...fault };
      const result = await vedette(["doctor", "--json", "--dsn", dsn]);
      expect({ code: result.code, steps: stepsOf(result.out) }).toEqual({ code, steps });
    });

    it("tells a server that does not answer, and looks no further", async () => {
      const { code, out } = await vedette(["doctor", "--json", "--dsn", `http://${key}@127.0.0.1:2/1`]);
      expect(code).toBe(1);
      expect(stepsOf(out)).toEqual(["DSN good", "server bad", "key skipped", "clock skipped"]);
    });

    it.each(["", "not a dsn", "http://127.0.0.1:9000/1"])("tells that the DSN is none: %j", async (text) => {
      const { code, out } = await vedette(["doctor", "--json"], { SENTRY_DSN: text });
      expect(code).toBe(1);
      expect(stepsOf(out)[0]).toBe("DSN bad");
    });
  });

  describe("send-event", () => {
    it("sends an error as an SDK would", async () => {
      const args = ["send-event", "--dsn", dsn, "--level", "fatal", "--environment", "production"];
      const { code, out } = await vedette([...args, "--tag", "a=b=c", "--tag", "d=", "--json"]);
      expect(code).toBe(0);
      const { eventId } = JSON.parse(out) as { eventId: string };
      const envelope = parseEnvelope(received[0]?.body ?? Buffer.alloc(0));
      if (!("items" in envelope)) throw new Error("no envelope arrived");
      expect(envelope.header).toMatchObject({ event_id: eventId });
      expect(JSON.parse(Buffer.from(envelope.items[0]?.payload ?? []).toString())).toMatchObject({
        event_id: eventId,
        level: "fatal",
        environment: "production",
        tags: { a: "b=c", d: "", source: "vedette-cli" },
        exception: { values: [{ type: "VedetteTestError" }] },
      });
    });

    it("says why the server did not take it", async () => {
      behaviour = { ...behaviour, envelope: 403 };
      const { code, err } = await vedette(["send-event", "--dsn", dsn]);
      expect(code).toBe(1);
      expect(err).toBe(
        "The server did not take the event (bad key, status 403).\nvedette doctor finds out which step fails.",
      );
    });

    it("refuses a tag without a value", async () => {
      expect(await vedette(["send-event", "--dsn", dsn, "--tag", "a"])).toMatchObject({
        code: 1,
        err: '"a" is not a tag.\nWrite it as in --tag correlation_id=abc',
      });
    });
  });
});
