import { readPages } from "../durability/read-back.js";
import type { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { envelope, newId, ordinaryEvent } from "./envelopes.js";
import { post } from "./post.js";

const kind = "WitnessError";

/** Ordinary events sent between the hostile ones; all of them have to be there in the end. */
export class Witnesses {
  readonly #server: Server;
  readonly #ids: string[] = [];

  constructor(server: Server) {
    this.#server = server;
  }

  get sent(): number {
    return this.#ids.length;
  }

  /** Sends one; @throws Error when it is not accepted */
  async send(): Promise<void> {
    const id = newId();
    const frames = [{ filename: "witness.js", function: "witness", lineno: 1, in_app: true }];
    const event = ordinaryEvent({
      event_id: id,
      exception: { values: [{ type: kind, value: "seen", stacktrace: { frames } }] },
    });
    const { status, text } = await post(this.#server, { body: envelope(event) });
    if (status !== 200) throw new Error(`an ordinary event was refused: ${status} ${text}`);
    this.#ids.push(id);
  }

  /** Ids that are not stored within ten seconds. */
  async missing(): Promise<readonly string[]> {
    let missing: readonly string[] = this.#ids;
    await waitFor(
      "all witnesses",
      async () => {
        const stored = await this.#stored();
        missing = this.#ids.filter((id) => !stored.has(id));
        return missing.length === 0;
      },
      10_000,
    ).catch(() => undefined);
    return missing;
  }

  async #stored(): Promise<ReadonlySet<string>> {
    const issues = await readPages<{ id: string; title: string }>(
      this.#server,
      `/organizations/default/issues/?query=${kind}&limit=100&statsPeriod=24h`,
    );
    const id = issues.find(({ title }) => title.startsWith(kind))?.id;
    if (id === undefined) return new Set();
    const events = await readPages<{ eventID: string }>(
      this.#server,
      `/organizations/default/issues/${id}/events/?per_page=100&statsPeriod=24h`,
    );
    return new Set(events.map(({ eventID }) => eventID));
  }
}
