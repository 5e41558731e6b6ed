import { describe, expect, it } from "vitest";
import { entryOf, tagOf } from "../../support/issues.js";
import type { Issue } from "../../support/issues.js";
import { token } from "../../support/server.js";
import { waitFor } from "../../support/wait-for.js";
import { eventOf, exceptionsOf, frameOf, issueOfEvent, rawEventOf, sourceLineOf } from "./event-view.js";
import { secrets } from "./run-scenario.js";
import { quantityOf } from "./outcomes.js";
import type { ScenarioRun } from "./run-scenario.js";
import type { Stage } from "./stage.js";

/** What differs between clients that otherwise send the same story. */
export interface ClientTraits {
  readonly sdk: string;
  readonly platform: string;
  readonly types: { readonly payment: string; readonly stock: string; readonly order: string };
  /** Function whose frame is the innermost of the payment error. */
  readonly chargeFunction: string;
  /** What the source line of that frame says; `^$` when the SDK sends no source. */
  readonly sourceLine: RegExp;
  /** Whether the SDK can say template and parameters of a message. */
  readonly sendsParams: boolean;
  /** Items the run has to contain beside events. */
  readonly itemTypes: readonly string[];
}

/** The stage and run are made in the test file's `beforeAll`, hence asked for in each test. */
export type Told = () => { readonly stage: Stage; readonly run: ScenarioRun };

/** Everything that holds for each client whose scenario tells the common story. */
export function describeCommonBehaviour(told: Told, traits: ClientTraits): void {
  describeErrors(told, traits);
  describeScope(told);
  describeMessages(told, traits);
  describeDelivery(told, traits);
  describeAlerts(told, traits);
}

function namedIssue({ stage, run }: ReturnType<Told>, name: string): Promise<Issue> {
  return issueOfEvent(stage.server, run.ids[name]);
}

function describeErrors(told: Told, traits: ClientTraits): void {
  describe("errors", () => {
    it("puts the same error from two lines of a loop into one issue", async () => {
      const [first, second] = [await namedIssue(told(), "payment_1"), await namedIssue(told(), "payment_2")];
      expect(second.id).toBe(first.id);
      await waitFor(
        "both events to be counted",
        async () => (await namedIssue(told(), "payment_1")).count === "2",
      );
      expect(first.title).toBe(`${traits.types.payment}: @everyone card declined for order 7`);
      expect(first.metadata).toMatchObject({ type: traits.types.payment });
      expect(first.level).toBe("error");
      expect(first.status).toBe("unresolved");
      expect(first.userCount).toBe(1);
    });

    it("makes another issue of another error", async () => {
      const [payment, stock] = [await namedIssue(told(), "payment_1"), await namedIssue(told(), "stock")];
      expect(stock.id).not.toBe(payment.id);
      expect(stock.title).toContain(traits.types.stock);
    });

    it("keeps the frames, says which are the application's and where it broke", async () => {
      const event = await eventOf(told().stage.server, told().run.ids["payment_2"]);
      const exception = exceptionsOf(event).at(-1);
      const frame = frameOf(exception, traits.chargeFunction);
      expect(event.platform).toBe(traits.platform);
      expect(event.sdk?.name).toContain(traits.sdk);
      expect(frame.inApp).toBe(true);
      expect(frame.lineNo).toBeGreaterThan(0);
      expect(sourceLineOf(frame)).toMatch(traits.sourceLine);
    });

    it("tells the chain of causes, the cause before its effect", async () => {
      const event = await eventOf(told().stage.server, told().run.ids["cause"]);
      const types = exceptionsOf(event).map((one) => one.type);
      expect(types.indexOf(traits.types.stock)).toBeGreaterThanOrEqual(0);
      expect(types.indexOf(traits.types.stock)).toBeLessThan(types.lastIndexOf(traits.types.order));
      expect(event.title).toContain("order cannot be saved");
    });

    it("extends the default fingerprint and obeys a custom one", async () => {
      const name = async (event: string) => (await namedIssue(told(), event)).id;
      expect(await name("tenant_a")).not.toBe(await name("tenant_b"));
      expect(await name("group_1")).toBe(await name("group_2"));
      expect(await name("group_1")).not.toBe(await name("stock"));
    });
  });
}

function describeScope(told: Told): void {
  describe("scope", () => {
    it("stores tags, user, contexts, breadcrumbs, release and environment", async () => {
      const event = await eventOf(told().stage.server, told().run.ids["payment_1"]);
      expect(tagOf(event, "area")).toBe("payments");
      expect(tagOf(event, "correlation_id")).toBe("corr-1234");
      expect(tagOf(event, "shop")).toBe("berlin");
      expect(tagOf(event, "environment")).toBe("production");
      expect(tagOf(event, "server_name")).toBe("web-7");
      expect(tagOf(event, "release")).toBe("checkout@2.3.1");
      expect(event.release?.version).toBe("checkout@2.3.1");
      expect(event.user).toMatchObject({ id: "42", email: "ada@example.com", username: "ada" });
      expect(event.contexts["cart"]).toMatchObject({ items: 3, currency: "EUR" });
      const crumbs = entryOf(event, "breadcrumbs")["values"] as { category: string; message: string }[];
      expect(crumbs).toContainEqual(
        expect.objectContaining({ category: "cart", message: "put shoes into the cart" }),
      );
    });

    it("stores no password, no authorization and no card number", async () => {
      const { stage, run } = told();
      const raw = await rawEventOf(stage.server, run.ids["secrets"]);
      const sent = stage.wire.items().map((item) => item.payload.toString("utf8"));
      for (const secret of Object.values(secrets)) {
        expect(sent.some((payload) => payload.includes(secret))).toBe(true);
        expect(raw).not.toContain(secret);
      }
      expect(raw).toContain("bank.example.com");
    });

    it("gives the attachment back byte by byte", async () => {
      const { stage, run } = told();
      const event = await eventOf(stage.server, run.ids["attached"]);
      const attachment = event.attachments.find((one) => one.name === "invoice.csv");
      expect(attachment).toMatchObject({ mimetype: "text/csv", size: 15 });
      const path = `/api/0/projects/default/default/events/${event.eventID}/attachments/${attachment?.id}/?download=1`;
      const answer = await fetch(stage.server.url + path, { headers: { Authorization: `Bearer ${token}` } });
      expect(await answer.text()).toBe("id;sum\n7;19.90\n");
    });
  });
}

function describeMessages(told: Told, traits: ClientTraits): void {
  describe("messages", () => {
    it("keeps the text, its level and its parameters", async () => {
      const event = await eventOf(told().stage.server, told().run.ids["message"]);
      expect(event.message).toBe("user ada has 3 open orders");
      expect(tagOf(event, "level")).toBe("warning");
      if (!traits.sendsParams) return;
      const entry = entryOf(event, "message");
      expect(entry["formatted"]).toBe("user ada has 3 open orders");
      expect((entry["params"] as unknown[]).map(String)).toEqual(["ada", "3"]);
    });

    it("counts an event sent twice under one id once", async () => {
      const issue = await namedIssue(told(), "twin");
      const sent = told()
        .stage.wire.items()
        .filter((item) => item.payload.includes('"sent twice"'));
      expect(sent).toHaveLength(2);
      expect(issue.title).toBe("sent twice");
      expect(issue.count).toBe("1");
    });
  });
}

function describeDelivery(told: Told, traits: ClientTraits): void {
  describe("delivery", () => {
    it("refuses nothing of what the SDK sends", () => {
      const { wire } = told().stage;
      expect(wire.exchanges.filter((one) => one.status !== 200)).toEqual([]);
      const types = new Set(wire.items().map((item) => item.type));
      expect([...types]).toEqual(expect.arrayContaining(["event", "client_report", ...traits.itemTypes]));
    });

    it("shows in the statistics what the client itself dropped", async () => {
      const dropped = await quantityOf(told().stage.server, {
        outcome: "client_discard",
        reason: "before_send",
      });
      expect(dropped).toBe(1);
    });
  });
}

function describeAlerts(told: Told, traits: ClientTraits): void {
  describe("Discord", () => {
    it("tells the payment error once, with the chosen tags and nobody mentioned", async () => {
      const { discord } = told().stage;
      const message = await discord.waitForMessage((one) => one.channelName === "payments", 10_000);
      const text = JSON.stringify(message.raw);
      expect(text).toContain(traits.types.payment);
      expect(text).toContain("corr-1234");
      expect(text).toContain("production");
      expect(message.mentionsResolved).toEqual({ everyone: false, here: false, users: [], roles: [] });
      expect(discord.messages({ channel: "payments" })).toHaveLength(1);
    });

    it("calls whoever is on call for what is fatal", async () => {
      const { discord } = told().stage;
      const isFatal = (one: { raw: unknown }) => JSON.stringify(one.raw).includes("database is gone");
      const message = await discord.waitForMessage(isFatal, 10_000);
      expect(message.channelName).toBe("on-call");
      expect(message.mentionsResolved.here).toBe(true);
      expect(discord.messages().filter(isFatal)).toHaveLength(1);
    });
  });
}
