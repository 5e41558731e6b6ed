import type { Generated, Kysely } from "kysely";

/**
 * Every table of the meta store: what changes. One schema for SQLite and PostgreSQL.
 *
 * Conventions: `*_at` columns are milliseconds since 1970 (integers); flags are 0 or 1; columns named
 * `settings`, `data`, `facts`, `definition`, `payload`, `config`, `details`, `metadata` hold JSON text.
 * Ids are integers given by the database unless said otherwise.
 */
export interface MetaSchema {
  organization: OrganizationTable;
  project: ProjectTable;
  project_key: ProjectKeyTable;
  member: MemberTable;
  api_token: ApiTokenTable;
  issue: IssueTable;
  issue_hash: IssueHashTable;
  issue_environment: IssueEnvironmentTable;
  issue_release: IssueReleaseTable;
  issue_activity: IssueActivityTable;
  release: ReleaseTable;
  release_project: ReleaseProjectTable;
  environment: EnvironmentTable;
  event_seen: EventSeenTable;
  attachment: AttachmentTable;
  consumer: ConsumerTable;
  change: ChangeTable;
  rule: RuleTable;
  rule_state: RuleStateTable;
  rule_history: RuleHistoryTable;
  channel: ChannelTable;
  notification: NotificationTable;
  delivery: DeliveryTable;
  audit: AuditTable;
  setting: SettingTable;
}

/** The handle every stage works with; the dialect behind it is nobody's business. */
export type Meta = Kysely<MetaSchema>;

export interface OrganizationTable {
  id: Generated<number>;
  slug: string;
  name: string;
  created_at: number;
  /** Set while the emergency stop holds (S0.15): no rule of the organisation fires. */
  alerts_stopped_at: number | null;
  alerts_stopped_by: string | null;
  settings: string;
}

export interface ProjectTable {
  id: Generated<number>;
  organization_id: number;
  slug: string;
  name: string;
  platform: string | null;
  status: "active" | "disabled";
  created_at: number;
  /** When the first event was stored; null while the set-up page still waits. */
  first_event_at: number | null;
  /** JSON of `ProjectSettings` in domain/project-settings.ts. */
  settings: string;
  /** The next issue's number within the project (`CHECKOUT-17`). */
  next_short_id: number;
  /** Raised on each change of settings or keys, so caches know when to reload. */
  revision: number;
}

export interface ProjectKeyTable {
  /** 32 hex characters; the user part of the DSN. */
  public_key: string;
  project_id: number;
  label: string;
  is_active: number;
  /** Events accepted per window; null means no limit. */
  rate_limit_count: number | null;
  rate_limit_window_s: number | null;
  created_at: number;
}

export interface MemberTable {
  id: Generated<number>;
  organization_id: number;
  /** better-auth's user id (text). */
  user_id: string;
  role: "owner" | "manager" | "admin" | "member";
  created_at: number;
}

export interface ApiTokenTable {
  id: Generated<number>;
  organization_id: number;
  /** Null for an organisation token. */
  user_id: string | null;
  name: string;
  /** SHA-256 of the whole token, hex; the token itself is shown once. */
  token_hash: string;
  /** The last four characters, to recognise it in a list. */
  hint: string;
  /** JSON array of scopes. */
  scopes: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
}

export interface IssueTable {
  id: Generated<number>;
  project_id: number;
  /** Number within the project. */
  short_id: number;
  title: string;
  culprit: string;
  /** Issue type as the API names it: error, default, csp … */
  type: string;
  category: string;
  level: string;
  platform: string;
  /** JSON: {type, value, filename, function}. */
  metadata: string;
  status: "unresolved" | "resolved" | "archived";
  substatus: string | null;
  /** JSON of `StatusDetails` in domain/issue.ts. */
  status_details: string;
  /** When the status last changed. */
  status_at: number;
  priority: "high" | "medium" | "low";
  /** Set once a person chose the priority; automatic changes stop. */
  priority_locked_at: number | null;
  handled: number | null;
  first_seen: number;
  last_seen: number;
  times_seen: number;
  first_release: string | null;
  last_release: string | null;
  /** `user:<id>` or `team:<id>`. */
  assignee: string | null;
  num_comments: number;
  created_at: number;
  /** The newest event's id, 32 hex. */
  last_event_id: string;
}

/** The only link from events to issues: merging and splitting move rows here, never event rows. */
export interface IssueHashTable {
  project_id: number;
  /** 32 hex characters. */
  hash: string;
  issue_id: number;
  /** Grouping algorithm that made the hash, e.g. `v1`. */
  algorithm: string;
  /** JSON: why an event has this hash (GroupingExplanation). */
  explanation: string;
  created_at: number;
}

export interface IssueEnvironmentTable {
  issue_id: number;
  environment: string;
  first_seen: number;
  last_seen: number;
  times_seen: number;
}

export interface IssueReleaseTable {
  issue_id: number;
  release: string;
  environment: string;
  first_seen: number;
  last_seen: number;
  times_seen: number;
}

export interface IssueActivityTable {
  id: Generated<number>;
  issue_id: number;
  /** first_seen, set_resolved, set_unresolved, set_archived, set_regression, set_escalating, assigned, unassigned, set_priority, merge, split, note, alert … */
  kind: string;
  /** better-auth's user id; null when Vedette itself acted. */
  user_id: string | null;
  at: number;
  data: string;
}

export interface ReleaseTable {
  id: Generated<number>;
  organization_id: number;
  version: string;
  created_at: number;
  released_at: number | null;
  first_event_at: number | null;
  last_event_at: number | null;
}

export interface ReleaseProjectTable {
  release_id: number;
  project_id: number;
  new_issues: number;
  first_event_at: number;
  last_event_at: number;
}

export interface EnvironmentTable {
  project_id: number;
  name: string;
  first_seen: number;
}

/** Event ids of the last days, so that an id sent twice is counted once. */
export interface EventSeenTable {
  project_id: number;
  event_id: string;
  seen_at: number;
}

export interface AttachmentTable {
  id: Generated<number>;
  project_id: number;
  event_id: string;
  /** Item type it came in: attachment, minidump, replay_recording, profile … */
  item_type: string;
  name: string;
  content_type: string;
  attachment_type: string;
  size_bytes: number;
  /** Key in the blob store. */
  blob_key: string;
  created_at: number;
}

/** Where a consumer stands. `claimed_to` fixes the bounds of the batch in work: (position, claimed_to]. */
export interface ConsumerTable {
  name: string;
  position: number;
  claimed_to: number | null;
  /** How often the claimed batch was begun; more than a few times means that it kills its worker. */
  attempts: number;
  updated_at: number;
}

/** What changed in issues, appended in the transaction that commits a batch or an action; read by alert. */
export interface ChangeTable {
  id: Generated<number>;
  at: number;
  project_id: number;
  issue_id: number;
  /** A `ChangeKind` of domain/change.ts. */
  kind: string;
  /** JSON of `ChangeData` in domain/change.ts. */
  data: string;
}

export interface RuleTable {
  id: Generated<number>;
  organization_id: number;
  /** Stable handle in files and URLs, made from the name; unique in the organisation. */
  slug: string;
  name: string;
  /** JSON of `RuleDefinition` in domain/rule.ts. */
  definition: string;
  enabled: number;
  muted_until: number | null;
  muted_by: string | null;
  /** `file` when alerts as code owns it, else `api`. */
  origin: "file" | "api";
  last_fired_at: number | null;
  created_at: number;
  created_by: string | null;
  updated_at: number;
}

/** When a rule last fired for an issue: the action interval's memory. */
export interface RuleStateTable {
  rule_id: number;
  issue_id: number;
  last_fired_at: number;
}

export interface RuleHistoryTable {
  id: Generated<number>;
  rule_id: number;
  issue_id: number | null;
  event_id: string | null;
  at: number;
  /** fired, throttled, muted, stopped, test. Delivery outcomes are on the notification. */
  outcome: string;
  /** One plain sentence. */
  reason: string;
  /** JSON: the trace of the evaluation. */
  data: string;
}

export interface ChannelTable {
  id: Generated<number>;
  organization_id: number;
  name: string;
  /** discord (webhook) or discord_bot. */
  type: string;
  /** JSON without secrets. */
  config: string;
  /** Encrypted JSON of the secrets (webhook URL, bot token). */
  secret: string;
  /** What may be shown of the secret, e.g. `https://discord.com/api/webhooks/1234…/••••`. */
  secret_hint: string;
  status: "active" | "disabled";
  /** Why it was disabled or what failed last, in a plain sentence. */
  status_reason: string | null;
  status_at: number;
  origin: "file" | "api";
  created_at: number;
  updated_at: number;
}

/** The outbox. Appended by alert in the transaction that moves alert's position; emptied by notify. */
export interface NotificationTable {
  id: Generated<number>;
  /** One cause, one channel, one message: unique. */
  dedupe_key: string;
  organization_id: number;
  channel_id: number;
  rule_id: number | null;
  rule_history_id: number | null;
  project_id: number | null;
  issue_id: number | null;
  event_id: string | null;
  /** issue_alert or test. */
  kind: string;
  /** JSON of `NotificationPayload` in domain/notification.ts: everything the message needs but the event itself. */
  payload: string;
  state: "pending" | "sending" | "delivered" | "failed" | "dropped";
  attempts: number;
  next_attempt_at: number;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
  remote_message_id: string | null;
}

/** One attempt at delivering a notification. */
export interface DeliveryTable {
  id: Generated<number>;
  notification_id: number;
  channel_id: number;
  attempt: number;
  at: number;
  /** delivered, retry, failed. */
  outcome: string;
  http_status: number | null;
  reason: string;
  duration_ms: number;
}

export interface AuditTable {
  id: Generated<number>;
  organization_id: number;
  at: number;
  user_id: string | null;
  action: string;
  target: string;
  data: string;
}

export interface SettingTable {
  key: string;
  value: string;
}
