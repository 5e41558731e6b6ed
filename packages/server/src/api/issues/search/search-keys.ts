/** Where an issue row (or one of its tables) answers a key. */
export type IssueField =
  | { readonly kind: "status" | "assignee" | "environment" | "short-id" | "first-release" }
  | { readonly kind: "release"; readonly part: "name" | "version" | "package" | "build" }
  | {
      readonly kind: "text";
      readonly column: "title" | "culprit" | "level" | "platform" | "type" | "category" | "priority";
    }
  | { readonly kind: "time"; readonly column: "first_seen" | "last_seen" }
  | { readonly kind: "number"; readonly column: "times_seen" };

/** Where an event row answers a key; the column names are ours, never a caller's. */
export type EventField =
  | { readonly kind: "text"; readonly columns: readonly [string, ...string[]] }
  | { readonly kind: "time"; readonly column: string }
  | { readonly kind: "handled"; readonly handled: boolean };

/** A key of the search language. Asked for issues, the issue's own field goes first, since it needs no event read. */
export interface SearchKey {
  readonly key: string;
  readonly description: string;
  readonly issue: IssueField | null;
  readonly event: EventField | null;
}

const text = (...columns: [string, ...string[]]): EventField => ({ kind: "text", columns });

const issueKeys: readonly SearchKey[] = [
  { key: "is", description: "Status or substatus", issue: { kind: "status" }, event: null },
  { key: "assigned", description: "Who works on it", issue: { kind: "assignee" }, event: null },
  { key: "firstSeen", description: "When it began", issue: time("first_seen"), event: null },
  { key: "lastSeen", description: "When it last happened", issue: time("last_seen"), event: null },
  {
    key: "timesSeen",
    description: "Number of events",
    issue: { kind: "number", column: "times_seen" },
    event: null,
  },
  { key: "firstRelease", description: "Release it began in", issue: { kind: "first-release" }, event: null },
  { key: "issue", description: "Short id", issue: { kind: "short-id" }, event: null },
  {
    key: "issue.priority",
    description: "high, medium, low",
    issue: { kind: "text", column: "priority" },
    event: null,
  },
  { key: "issue.type", description: "Issue type", issue: { kind: "text", column: "type" }, event: null },
  {
    key: "issue.category",
    description: "Issue category",
    issue: { kind: "text", column: "category" },
    event: null,
  },
  ...(["version", "package", "build"] as const).map((part) => ({
    key: `release.${part}`,
    description: `The ${part} of the release name`,
    issue: { kind: "release", part } as const,
    event: null,
  })),
];

const sharedKeys: readonly SearchKey[] = [
  {
    key: "level",
    description: "debug … fatal",
    issue: { kind: "text", column: "level" },
    event: text("level"),
  },
  {
    key: "platform",
    description: "Platform of the SDK",
    issue: { kind: "text", column: "platform" },
    event: text("platform"),
  },
  {
    key: "title",
    description: "Title of the issue",
    issue: { kind: "text", column: "title" },
    event: text("title"),
  },
  {
    key: "culprit",
    description: "Where it happened",
    issue: { kind: "text", column: "culprit" },
    event: text("culprit"),
  },
  {
    key: "release",
    description: "A release it was seen in",
    issue: { kind: "release", part: "name" },
    event: text("release"),
  },
  {
    key: "environment",
    description: "An environment it was seen in",
    issue: { kind: "environment" },
    event: text("environment"),
  },
];

const eventColumns: readonly (readonly [
  key: string,
  description: string,
  ...columns: [string, ...string[]],
])[] = [
  ["error.type", "Type of the exception", "exception_type"],
  ["error.value", "Text of the exception", "exception_value"],
  ["message", "Message or text of the exception", "message", "title", "exception_value"],
  ["transaction", "Transaction name", "transaction"],
  ["logger", "Logger", "logger"],
  ["dist", "Distribution", "dist"],
  ["server_name", "Host", "server_name"],
  ["user", "User, as id:42 or email:ann@example.com", "user_key"],
  ["user.id", "User's id", "user_id"],
  ["user.email", "User's e-mail", "user_email"],
  ["user.username", "User's name", "user_username"],
  ["user.ip", "User's address", "user_ip"],
  ["http.method", "Method of the request", "http_method"],
  ["http.url", "URL of the request", "http_url"],
  ["sdk.name", "SDK", "sdk_name"],
  ["sdk.version", "Version of the SDK", "sdk_version"],
  ["stack.filename", "File of the top frame", "top_frame_filename"],
  ["stack.module", "Module of the top frame", "top_frame_module"],
  ["stack.function", "Function of the top frame", "top_frame_function"],
  ["trace", "Trace id", "trace_id"],
  ["id", "Event id", "event_id"],
];

const eventKeys: readonly SearchKey[] = [
  ...eventColumns.map(([key, description, ...columns]) => ({
    key,
    description,
    issue: null,
    event: text(...columns),
  })),
  {
    key: "error.handled",
    description: "true or false",
    issue: null,
    event: { kind: "handled", handled: true },
  },
  {
    key: "error.unhandled",
    description: "true or false",
    issue: null,
    event: { kind: "handled", handled: false },
  },
  {
    key: "event.timestamp",
    description: "When the event happened",
    issue: null,
    event: { kind: "time", column: "timestamp" },
  },
];

/** Every key that is not a tag, in the order completion shows them. */
export const searchKeys: readonly SearchKey[] = [...issueKeys, ...sharedKeys, ...eventKeys];

/** Other spellings, mostly of older clients (web API sheet 7.2). */
const aliases: Readonly<Record<string, string>> = {
  age: "firstSeen",
  "first-seen": "firstSeen",
  "last-seen": "lastSeen",
  "first-release": "firstRelease",
  assigned_to: "assigned",
  assigned_or_suggested: "assigned",
  type: "error.type",
  "user.ip_address": "user.ip",
  priority: "issue.priority",
  "level.name": "level",
};

const byLowerCase = new Map(searchKeys.map((one) => [one.key.toLowerCase(), one]));
for (const [alias, key] of Object.entries(aliases)) {
  const target = byLowerCase.get(key.toLowerCase());
  if (target) byLowerCase.set(alias.toLowerCase(), target);
}

/** Keys of Sentry's for which Vedette has no data; saying so is better than an empty list. */
const unsupportedKeys = new Set(["bookmarks", "subscribed", "detector", "release.stage"]);

/** The key of this name, capitals aside; null when it is a tag's name. */
export function findKey(name: string): SearchKey | null {
  return byLowerCase.get(name.toLowerCase()) ?? null;
}

/** Whether the key is one of Sentry's that cannot be answered. */
export function isUnsupportedKey(name: string): boolean {
  return unsupportedKeys.has(name.toLowerCase());
}

function time(column: "first_seen" | "last_seen"): IssueField {
  return { kind: "time", column };
}
