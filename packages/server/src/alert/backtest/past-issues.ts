import type { Meta } from "../../store/port.js";
import type { EventRow } from "../facts/event-row.js";
import { readIssues } from "../facts/scene.js";
import type { EmailOf, IssueScene, ProjectScene } from "../facts/scene.js";

const idsPerQuery = 500;

/** An issue with the times it was first seen in each environment. */
export interface PastIssue extends IssueScene {
  readonly projectId: number;
  readonly firstSeenIn: ReadonlyMap<string, number>;
}

/** Finds the issues of stored events, reading each hash and each issue once. */
export class PastIssues {
  readonly #ports: { meta: Meta; emailOf?: EmailOf | undefined };
  readonly #projects: ReadonlyMap<number, ProjectScene>;
  readonly #issueOfHash = new Map<string, number | null>();
  readonly #issues = new Map<number, PastIssue>();

  constructor(
    ports: { meta: Meta; emailOf?: EmailOf | undefined },
    projects: ReadonlyMap<number, ProjectScene>,
  ) {
    this.#ports = ports;
    this.#projects = projects;
  }

  /** Reads what is not known yet about the issues of these events. */
  async learn(rows: readonly EventRow[]): Promise<void> {
    const unknown = new Map<number, Set<string>>();
    for (const { projectId, hash } of rows) {
      if (this.#issueOfHash.has(`${projectId}/${hash}`)) continue;
      const hashes = unknown.get(projectId) ?? new Set();
      unknown.set(projectId, hashes.add(hash));
    }
    for (const [projectId, hashes] of unknown) await this.#learnHashes(projectId, [...hashes]);
  }

  /** The issue of an event; undefined when it was deleted. Call `learn` first. */
  ofEvent({ projectId, hash }: EventRow): PastIssue | undefined {
    return this.#issues.get(this.#issueOfHash.get(`${projectId}/${hash}`) ?? -1);
  }

  /** An issue by its id; undefined when it was deleted. */
  async byId(id: number, projectId: number): Promise<PastIssue | undefined> {
    if (!this.#issues.has(id)) await this.#learnIssues([id], projectId);
    return this.#issues.get(id);
  }

  async #learnHashes(projectId: number, hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) this.#issueOfHash.set(`${projectId}/${hash}`, null);
    for (let start = 0; start < hashes.length; start += idsPerQuery) {
      const rows = await this.#ports.meta
        .selectFrom("issue_hash")
        .select(["hash", "issue_id"])
        .where("project_id", "=", projectId)
        .where("hash", "in", hashes.slice(start, start + idsPerQuery))
        .execute();
      for (const row of rows) this.#issueOfHash.set(`${projectId}/${row.hash}`, row.issue_id);
      const ids = new Set(rows.map((row) => row.issue_id).filter((id) => !this.#issues.has(id)));
      await this.#learnIssues([...ids], projectId);
    }
  }

  async #learnIssues(ids: readonly number[], projectId: number): Promise<void> {
    if (ids.length === 0) return;
    const scenes = await readIssues(this.#ports, ids, this.#projects);
    const rows = await this.#ports.meta
      .selectFrom("issue_environment")
      .select(["issue_id", "environment", "first_seen"])
      .where("issue_id", "in", ids)
      .execute();
    for (const [id, scene] of scenes) {
      const own = rows.filter((row) => row.issue_id === id);
      const firstSeenIn = new Map(own.map((row) => [row.environment, row.first_seen]));
      this.#issues.set(id, { ...scene, projectId, firstSeenIn });
    }
  }
}
