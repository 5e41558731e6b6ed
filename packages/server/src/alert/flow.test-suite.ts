import type { ChangeData, EventFacts } from "../domain/change.js";
import type { NotificationPayload } from "../domain/notification.js";
import { ManualClock } from "../shared/clock.js";
import { createLog } from "../shared/log.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import type { MetaKind, MetaPlace } from "../store/meta/meta.test-suite.js";
import { startEngineFixture } from "../store/events/embedded/engine-fixture.js";
import type { EngineFixture } from "../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import type { EventStore } from "../store/port.js";
import { facts, noon } from "./alert.test-suite.js";
import { runAlert } from "./run-alert.js";
import type { AlertPorts } from "./run-alert.js";

/** One event as a test tells it; `at` is milliseconds since 1970. */
export type TestEvent = Partial<EventFacts> & { readonly at?: number };

let sequence = 0;

/** An id no other test of the file uses: the event store is shared between them. */
function nextId(): string {
  return (++sequence).toString(16).padStart(32, "0");
}

/** An engine with our tables, for all tests of a file. */
export async function startEvents(): Promise<EngineFixture> {
  const engine = await startEngineFixture();
  await migrateEvents(engine.store);
  return engine;
}

/** A meta store of its own with one organisation, project and channel, on an event store shared by the file. */
export class Flow {
  readonly clock = new ManualClock(noon);
  readonly events: EventStore;
  readonly #place: MetaPlace;
  readonly #handle: MetaHandle;

  private constructor(events: EventStore, place: MetaPlace, handle: MetaHandle) {
    this.events = events;
    this.#place = place;
    this.#handle = handle;
  }

  static async open(events: EventStore, { makePlace }: MetaKind): Promise<Flow> {
    const place = await makePlace();
    const flow = new Flow(events, place, await openMeta(place.target));
    const { meta } = flow;
    await meta
      .insertInto("organization")
      .values({ slug: "default", name: "Default", created_at: 1, settings: "{}" })
      .execute();
    await flow.addProject("checkout");
    await flow.addChannel("ops");
    return flow;
  }

  get meta() {
    return this.#handle.db;
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await this.#place.remove();
  }

  async addProject(slug: string): Promise<number> {
    const row = await this.meta
      .insertInto("project")
      .values({
        organization_id: 1,
        slug,
        name: slug,
        status: "active",
        created_at: 1,
        settings: "{}",
        next_short_id: 1,
        revision: 1,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async addChannel(name: string): Promise<void> {
    const texts = { config: "{}", secret: "", secret_hint: "" };
    const times = { status_at: 1, created_at: 1, updated_at: 1 };
    await this.meta
      .insertInto("channel")
      .values({
        organization_id: 1,
        name,
        type: "discord",
        status: "active",
        origin: "api",
        ...texts,
        ...times,
      })
      .execute();
  }

  /** Saves a rule that waits for new issues and tells `ops`, unless the definition says otherwise. */
  async addRule(definition: object = {}): Promise<number> {
    const whole = { when: ["first_seen"], notify: [{ channel: "ops" }], ...definition };
    const now = this.clock.now();
    const row = await this.meta
      .insertInto("rule")
      .values({
        organization_id: 1,
        slug: nextId(),
        name: "Rule",
        definition: JSON.stringify(whole),
        enabled: 1,
        origin: "api",
        created_at: now,
        updated_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async addIssue({ projectId = 1, firstSeen = this.clock.now() } = {}): Promise<TestIssue> {
    const row = await this.meta
      .insertInto("issue")
      .values({
        project_id: projectId,
        short_id: ++sequence,
        title: "Error: boom",
        culprit: "pay",
        type: "error",
        category: "error",
        level: "error",
        platform: "node",
        metadata: "{}",
        status: "unresolved",
        substatus: "new",
        status_details: "{}",
        status_at: firstSeen,
        priority: "high",
        first_seen: firstSeen,
        last_seen: firstSeen,
        times_seen: 0,
        num_comments: 0,
        created_at: firstSeen,
        last_event_id: "",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const hash = nextId();
    await this.meta
      .insertInto("issue_hash")
      .values({
        project_id: projectId,
        hash,
        issue_id: row.id,
        algorithm: "v1",
        explanation: "{}",
        created_at: 1,
      })
      .execute();
    return { id: row.id, projectId, hash };
  }

  /** Puts events into the event store only. */
  async store({ projectId, hash }: TestIssue, some: readonly TestEvent[]): Promise<readonly EventFacts[]> {
    const made = some.map(({ at = this.clock.now(), ...rest }) =>
      facts({ eventId: nextId(), timestamp: at, receivedAt: at, ...rest }),
    );
    const rows = made.map((event) => ({
      project_id: projectId,
      event_id: event.eventId,
      primary_hash: hash,
      hashes: [hash],
      type: "error",
      level: event.level,
      platform: event.platform,
      environment: event.environment,
      release: event.release,
      timestamp: event.timestamp,
      received_at: event.receivedAt,
      title: "Error: boom",
      message: "boom",
      user_key: event.userKey,
      tags: event.tags,
      payload: JSON.stringify({
        exception: { values: [{ stacktrace: { frames: [{ filename: "src/pay.js" }] } }] },
      }),
    }));
    const ndjson = rows.map((row) => JSON.stringify(row)).join("\n");
    await this.events.insert("events", ndjson, { dedupToken: nextId() });
    return made;
  }

  /** What process does with a batch of one issue: events, figures, change log. */
  async see(
    issue: TestIssue,
    some: readonly TestEvent[],
    first: Partial<ChangeData> | null = null,
  ): Promise<void> {
    const made = await this.store(issue, some);
    await this.meta
      .updateTable("issue")
      .set((eb) => ({ times_seen: eb("times_seen", "+", made.length), last_seen: this.clock.now() }))
      .where("id", "=", issue.id)
      .execute();
    if (first)
      await this.append(issue, "first_seen", { count: made.length, events: made.slice(0, 20), ...first });
    await this.append(issue, "seen", { count: made.length, events: made.slice(-20) });
  }

  /** A new issue with one event. */
  async born(event: TestEvent = {}, projectId = 1): Promise<TestIssue> {
    const issue = await this.addIssue({ projectId });
    await this.see(issue, [event], { isNew: true, newInEnvironments: [event.environment ?? "production"] });
    return issue;
  }

  async append(issue: TestIssue, kind: string, data: ChangeData): Promise<void> {
    const row = { at: this.clock.now(), project_id: issue.projectId, issue_id: issue.id, kind };
    await this.meta
      .insertInto("change")
      .values({ ...row, data: JSON.stringify(data) })
      .execute();
  }

  /** Runs the stage until it has read the whole change log. */
  async alert(some: Partial<AlertPorts> = {}): Promise<void> {
    const abort = new AbortController();
    const log = createLog({ level: "silent" });
    const ports = { meta: this.meta, events: this.events, clock: this.clock, log, ...some };
    const stage = runAlert(ports, abort.signal);
    while (!(await this.hasReadAll())) await new Promise((resolve) => setTimeout(resolve, 2));
    abort.abort();
    await stage.done;
  }

  async hasReadAll(): Promise<boolean> {
    const last = await this.meta
      .selectFrom("change")
      .select((eb) => eb.fn.max("id").as("id"))
      .executeTakeFirst();
    const consumer = await this.meta.selectFrom("consumer").select("position").executeTakeFirst();
    return (consumer?.position ?? 0) >= (last?.id ?? 0);
  }

  /** The outbox, oldest first. */
  async outbox(): Promise<readonly NotificationPayload[]> {
    const rows = await this.meta.selectFrom("notification").select("payload").orderBy("id").execute();
    return rows.map(({ payload }) => JSON.parse(payload) as NotificationPayload);
  }

  /** The history as `outcome` or `outcome x count`, oldest first. */
  async history(): Promise<readonly string[]> {
    const rows = await this.meta.selectFrom("rule_history").selectAll().orderBy("id").execute();
    return rows.map(({ outcome, data }) => {
      const { count } = JSON.parse(data) as { count?: number };
      return count === undefined ? outcome : `${outcome} x ${count}`;
    });
  }
}

export interface TestIssue {
  readonly id: number;
  readonly projectId: number;
  readonly hash: string;
}
