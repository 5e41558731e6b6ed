/** A key of the search language: what it means, and the values that are always known. */
export interface SearchKey {
  readonly key: string;
  readonly meaning: string;
  readonly values?: readonly string[];
}

/** Keys offered in completion, the most useful first. Tags of the organisation follow them. */
export const searchKeys: readonly SearchKey[] = [
  {
    key: "is",
    meaning: "status of the issue",
    values: [
      "unresolved",
      "resolved",
      "archived",
      "assigned",
      "unassigned",
      "new",
      "ongoing",
      "escalating",
      "regressed",
      "archived_until_escalating",
      "archived_until_condition_met",
      "archived_forever",
    ],
  },
  { key: "level", meaning: "severity of the event", values: ["fatal", "error", "warning", "info", "debug"] },
  { key: "assigned", meaning: "who has it", values: ["me", "none"] },
  { key: "issue.priority", meaning: "priority", values: ["high", "medium", "low"] },
  { key: "release", meaning: "release of the event", values: ["latest"] },
  { key: "firstRelease", meaning: "release it was first seen in", values: ["latest"] },
  { key: "environment", meaning: "environment of the event" },
  { key: "firstSeen", meaning: "age: -24h is within the last day", values: ["-1h", "-24h", "-7d", "+30d"] },
  { key: "lastSeen", meaning: "last event", values: ["-1h", "-24h", "-7d", "+7d"] },
  { key: "timesSeen", meaning: "number of events", values: [">10", ">100", ">1000"] },
  { key: "error.type", meaning: "class of the exception" },
  { key: "error.unhandled", meaning: "nobody caught it", values: ["true", "false"] },
  { key: "message", meaning: "text of the event; * stands for anything" },
  { key: "transaction", meaning: "endpoint or page" },
  { key: "user.email", meaning: "affected person" },
  { key: "user.id", meaning: "affected person" },
  { key: "has", meaning: "the key is present", values: ["user.id", "release", "environment"] },
];
