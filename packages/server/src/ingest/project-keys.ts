import { projectSettingsSchema } from "../domain/project-settings.js";
import type { Meta } from "../store/port.js";

/** What ingest knows of a public key and its project. */
export interface KnownKey {
  readonly publicKey: string;
  readonly projectId: number;
  /** False when the key or its project is switched off. */
  readonly active: boolean;
  /** Origins allowed to send; `*` allows all. */
  readonly allowedDomains: readonly string[];
  /** Events of this key accepted per window; null means no limit. */
  readonly keyLimit: { readonly count: number; readonly windowMs: number } | null;
  /** Items of the whole project accepted a minute; null means no limit. */
  readonly itemsPerMinute: number | null;
}

export interface ProjectKeys {
  /** The key as it stands now (at most about a second old); null when there is none. Throws when it cannot be read. */
  find(publicKey: string): KnownKey | null | Promise<KnownKey | null>;
  /** Stops the refreshing. */
  close(): Promise<void>;
}

export interface ProjectKeysOptions {
  /** How often revisions are looked at. Default 1,000 ms. */
  readonly refreshMs?: number;
  /** Unknown keys remembered, so that asking for them again costs nothing. Default 10,000. */
  readonly maxUnknownKeys?: number;
  /** Called when a refresh in the background fails; what is known stays in use. */
  readonly onError: (error: unknown) => void;
}

/** Misses do not ask the database more often than this, however many random keys come in. */
const missIntervalMs = 50;

interface ProjectState {
  readonly revision: number;
  readonly status: string;
  readonly keys: readonly KnownKey[];
}

/**
 * All keys in memory, kept up to date by looking at the projects' revisions. A key that is not there leads to one look
 * shared by everybody who waits, so a key made a moment ago works at once and a flood of random ones costs little.
 */
export class MetaProjectKeys implements ProjectKeys {
  readonly #meta: Meta;
  readonly #onError: (error: unknown) => void;
  readonly #refreshMs: number;
  readonly #maxUnknown: number;
  readonly #timer: NodeJS.Timeout;
  #projects = new Map<number, ProjectState>();
  #keys = new Map<string, KnownKey>();
  /** Unknown keys and until when (milliseconds of `performance.now`) they count as such. */
  readonly #unknown = new Map<string, number>();
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(meta: Meta, options: ProjectKeysOptions) {
    this.#meta = meta;
    this.#onError = options.onError;
    this.#refreshMs = options.refreshMs ?? 1_000;
    this.#maxUnknown = options.maxUnknownKeys ?? 10_000;
    this.#timer = setInterval(() => void this.#freshen().catch(this.#onError), this.#refreshMs);
    this.#timer.unref();
  }

  find(publicKey: string): KnownKey | null | Promise<KnownKey | null> {
    const known = this.#keys.get(publicKey);
    if (known) return known;
    const unknownUntil = this.#unknown.get(publicKey);
    if (unknownUntil !== undefined && unknownUntil > performance.now()) return null;
    return this.#findAfterRefresh(publicKey);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await (this.#next ?? this.#running)?.catch(this.#onError);
  }

  async #findAfterRefresh(publicKey: string): Promise<KnownKey | null> {
    await this.#freshen();
    const found = this.#keys.get(publicKey) ?? null;
    if (found === null) this.#rememberUnknown(publicKey);
    return found;
  }

  #rememberUnknown(publicKey: string): void {
    this.#unknown.delete(publicKey);
    const oldest = this.#unknown.size >= this.#maxUnknown ? this.#unknown.keys().next() : null;
    if (oldest?.done === false) this.#unknown.delete(oldest.value);
    this.#unknown.set(publicKey, performance.now() + this.#refreshMs);
  }

  /** Resolves after a look at the database that began after this call. */
  #freshen(): Promise<void> {
    if (this.#running === null) return this.#start();
    this.#next ??= this.#running.catch(() => undefined).then(() => this.#start());
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = null;
    this.#running = this.#refresh().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #refresh(): Promise<void> {
    const waitMs = this.#refreshedAt + missIntervalMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.#refreshedAt = performance.now();
    const rows = await this.#meta.selectFrom("project").select(["id", "status", "revision"]).execute();
    const same = rows.filter((row) => {
      const known = this.#projects.get(row.id);
      return known?.revision === row.revision && known.status === row.status;
    });
    if (same.length === rows.length && same.length === this.#projects.size) return;
    const unchanged = new Set(same.map(({ id }) => id));
    const changed = rows.filter(({ id }) => !unchanged.has(id)).map(({ id }) => id);
    const loaded = await this.#load(changed);
    const kept = [...this.#projects].filter(([id]) => unchanged.has(id));
    this.#projects = new Map([...kept, ...loaded]);
    this.#keys = new Map(
      [...this.#projects.values()].flatMap(({ keys }) => keys.map((key) => [key.publicKey, key] as const)),
    );
  }

  async #load(projectIds: readonly number[]): Promise<Map<number, ProjectState>> {
    const states = new Map<number, ProjectState>();
    // SQLite takes 32,766 parameters in a statement.
    for (let from = 0; from < projectIds.length; from += 1_000) {
      const some = projectIds.slice(from, from + 1_000);
      const projects = await this.#meta
        .selectFrom("project")
        .select(["id", "status", "revision", "settings"])
        .where("id", "in", some)
        .execute();
      const keys = await this.#meta
        .selectFrom("project_key")
        .select(["public_key", "project_id", "is_active", "rate_limit_count", "rate_limit_window_s"])
        .where("project_id", "in", some)
        .execute();
      const keysOf = new Map<number, KeyRow[]>(projects.map(({ id }) => [id, []]));
      for (const key of keys) keysOf.get(key.project_id)?.push(key);
      for (const project of projects) states.set(project.id, toState(project, keysOf.get(project.id) ?? []));
    }
    return states;
  }
}

interface ProjectRow {
  readonly id: number;
  readonly status: string;
  readonly revision: number;
  readonly settings: string;
}

interface KeyRow {
  readonly public_key: string;
  readonly is_active: number;
  readonly rate_limit_count: number | null;
  readonly rate_limit_window_s: number | null;
}

function toState(project: ProjectRow, keys: readonly KeyRow[]): ProjectState {
  const settings = readSettings(project.settings);
  return {
    revision: project.revision,
    status: project.status,
    keys: keys.map((key) => ({
      publicKey: key.public_key,
      projectId: project.id,
      active: project.status === "active" && key.is_active === 1,
      allowedDomains: settings.allowedDomains,
      keyLimit: limitOf(key),
      itemsPerMinute: settings.rateLimitPerMinute,
    })),
  };
}

function limitOf({ rate_limit_count: count, rate_limit_window_s: windowS }: KeyRow): KnownKey["keyLimit"] {
  return count === null || windowS === null || windowS <= 0 ? null : { count, windowMs: windowS * 1_000 };
}

/** Settings that cannot be read count as default: a project must not go deaf because of them. */
function readSettings(text: string): {
  allowedDomains: readonly string[];
  rateLimitPerMinute: number | null;
} {
  const parsed = projectSettingsSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : projectSettingsSchema.parse({});
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return {};
  }
}
