import type { Log } from "../../shared/log.js";
import type { Meta } from "../../store/port.js";
import { compileDefinition } from "../rule/compile-rule.js";
import type { CompiledRule } from "../rule/compile-rule.js";

/**
 * The rules that are switched on, compiled once and read again when one of them changed.
 *
 * "Changed" is told by one small query: number of rules, newest change, switches and mutes. Firing does not touch these.
 */
export class RuleBook {
  readonly #meta: Meta;
  readonly #log: Log;
  #fingerprint = "";
  #byOrganization: ReadonlyMap<number, readonly CompiledRule[]> = new Map();

  constructor(meta: Meta, log: Log) {
    this.#meta = meta;
    this.#log = log;
  }

  /** The rules of every organisation, by organisation id. A rule that cannot be read is left out and logged. */
  async rules(): Promise<ReadonlyMap<number, readonly CompiledRule[]>> {
    const fingerprint = await this.#readFingerprint();
    if (fingerprint !== this.#fingerprint) {
      this.#byOrganization = await this.#readRules();
      this.#fingerprint = fingerprint;
    }
    return this.#byOrganization;
  }

  async #readFingerprint(): Promise<string> {
    const row = await this.#meta
      .selectFrom("rule")
      .select((eb) => [
        eb.fn.countAll<number>().as("count"),
        eb.fn.max("id").as("newest"),
        eb.fn.max("updated_at").as("updated"),
        eb.fn.sum<number>("enabled").as("enabled"),
        eb.fn.sum<number>("muted_until").as("muted"),
      ])
      .executeTakeFirstOrThrow();
    return JSON.stringify(row);
  }

  async #readRules(): Promise<ReadonlyMap<number, readonly CompiledRule[]>> {
    const rows = await this.#meta
      .selectFrom("rule")
      .selectAll()
      .where("enabled", "=", 1)
      .orderBy("id")
      .execute();
    const rules = new Map<number, CompiledRule[]>();
    for (const row of rows) {
      const result = compileText(row.definition);
      if (!result.ok) {
        this.#log.error(
          { rule: row.slug, problems: result.problems },
          "a rule cannot be read and will not fire",
        );
        continue;
      }
      const list = rules.get(row.organization_id) ?? [];
      list.push({
        ...result.rule,
        id: row.id,
        organizationId: row.organization_id,
        name: row.name,
        enabled: row.enabled === 1,
        mutedUntil: row.muted_until,
      });
      rules.set(row.organization_id, list);
    }
    return rules;
  }
}

function compileText(text: string): ReturnType<typeof compileDefinition> {
  try {
    return compileDefinition(JSON.parse(text));
  } catch {
    return { ok: false, problems: ["the definition is not JSON"] };
  }
}
