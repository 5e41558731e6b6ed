import type { RuleRow } from "../../actions/alerts/find-rule.js";
import { parseDuration } from "../../domain/duration.js";
import type { Filter, RuleDefinition, Trigger } from "../../domain/rule.js";
import { isoTime } from "../http/iso-time.js";

const conditionPath = "sentry.rules.conditions";
const filterPath = "sentry.rules.filters";

const plainTriggers: Readonly<Record<string, string>> = {
  first_seen: "first_seen_event.FirstSeenEventCondition",
  regression: "regression_event.RegressionEventCondition",
  reappeared: "reappeared_event.ReappearedEventCondition",
  // Sentry counts an issue that escalates as one that came back.
  escalating: "reappeared_event.ReappearedEventCondition",
  every_event: "every_event.EveryEventCondition",
};

/**
 * A rule in the shape of Sentry's issue alerts (alerting sheet 1.1–1.8). What that shape has no words for keeps our own
 * form under an id of ours, so that nothing is said that is not so.
 */
export function sentryRuleJson(about: {
  row: RuleRow;
  definition: RuleDefinition;
  /** Slug of the project asked about. */
  project: string;
  /** Milliseconds since 1970. */
  now: number;
}) {
  const { row, definition, project, now } = about;
  const environments = definition.environment === undefined ? [] : [definition.environment].flat();
  const { filters, filterMatch } = filtersOf(definition);
  return {
    id: String(row.id),
    name: row.name,
    conditions: definition.when.map(conditionJson),
    actionMatch: "any",
    filters: filters.map(filterJson),
    filterMatch,
    actions: definition.notify.map(({ channel, tags }) => ({
      id: "vedette.notify_channel",
      name: `Send a notification to ${channel}`,
      channel,
      tags: tags.join(", "),
    })),
    frequency: Math.round((parseDuration(definition.interval) ?? 0) / 60_000),
    environment: environments.length === 1 ? environments[0] : null,
    owner: null,
    projects: [project],
    status: row.enabled === 1 ? "active" : "disabled",
    snooze: row.muted_until !== null && row.muted_until > now,
    createdBy: null,
    dateCreated: isoTime(row.created_at),
    lastTriggered: isoTime(row.last_fired_at),
  };
}

function filtersOf({ if: all = [], any = [], none = [] }: RuleDefinition): {
  filters: readonly Filter[];
  filterMatch: "all" | "any" | "none";
} {
  if (all.length === 0 && any.length > 0 && none.length === 0) return { filters: any, filterMatch: "any" };
  if (all.length === 0 && any.length === 0 && none.length > 0) return { filters: none, filterMatch: "none" };
  return { filters: all, filterMatch: "all" };
}

function conditionJson(trigger: Trigger) {
  if (typeof trigger === "string") {
    const id = plainTriggers[trigger];
    return id === undefined ? { id: `vedette.${trigger}` } : { id: `${conditionPath}.${id}` };
  }
  const frequency = `${conditionPath}.event_frequency`;
  if ("event_frequency" in trigger) {
    const { count, per } = trigger.event_frequency;
    return {
      id: `${frequency}.EventFrequencyCondition`,
      value: count,
      interval: per,
      comparisonType: "count",
    };
  }
  if ("user_frequency" in trigger) {
    const { count, per } = trigger.user_frequency;
    const id = `${frequency}.EventUniqueUserFrequencyCondition`;
    return { id, value: count, interval: per, comparisonType: "count" };
  }
  const { percent, per, against } = trigger.event_frequency_percent;
  return {
    id: `${frequency}.EventFrequencyCondition`,
    value: percent,
    interval: per,
    comparisonType: "percent",
    comparisonInterval: against,
  };
}

function filterJson(filter: Filter) {
  if ("tag" in filter) {
    const { key, op, value } = filter.tag;
    return { id: `${filterPath}.tagged_event.TaggedEventFilter`, key, match: op, value };
  }
  if ("attribute" in filter) {
    const { key, op, value } = filter.attribute;
    return { id: `${filterPath}.event_attribute.EventAttributeFilter`, attribute: key, match: op, value };
  }
  if ("times_seen" in filter) {
    return { id: `${filterPath}.issue_occurrences.IssueOccurrencesFilter`, value: filter.times_seen };
  }
  if ("release" in filter) return { id: `${filterPath}.latest_release.LatestReleaseFilter` };
  const [name = "", value] = Object.entries(filter)[0] ?? [];
  return { id: `vedette.${name}`, value: value as unknown };
}
