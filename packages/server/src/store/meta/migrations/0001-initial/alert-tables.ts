/** The change log, rules, channels and the outbox. History outlives the issues and projects it names. */
export const alertTables: readonly string[] = [
  `create table change (
    id {id},
    at {int} not null,
    project_id {int} not null,
    issue_id {int} not null,
    kind text not null,
    data text not null
  ) {strict}`,
  `create index change_age on change (at)`,

  `create table rule (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    slug text not null,
    name text not null,
    definition text not null,
    enabled {int} not null,
    muted_until {int},
    muted_by text,
    origin text not null,
    last_fired_at {int},
    created_at {int} not null,
    created_by text,
    updated_at {int} not null,
    unique (organization_id, slug)
  ) {strict}`,

  `create table rule_state (
    rule_id {int} not null references rule (id) on delete cascade,
    issue_id {int} not null,
    last_fired_at {int} not null,
    primary key (rule_id, issue_id)
  ) {strict}`,

  `create table rule_history (
    id {id},
    rule_id {int} not null references rule (id) on delete cascade,
    issue_id {int},
    event_id text,
    at {int} not null,
    outcome text not null,
    reason text not null,
    data text not null
  ) {strict}`,
  `create index rule_history_rule on rule_history (rule_id, at)`,
  `create index rule_history_issue on rule_history (issue_id, at)`,
  `create index rule_history_age on rule_history (at)`,

  `create table channel (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    name text not null,
    type text not null,
    config text not null,
    secret text not null,
    secret_hint text not null,
    status text not null,
    status_reason text,
    status_at {int} not null,
    origin text not null,
    created_at {int} not null,
    updated_at {int} not null,
    unique (organization_id, name)
  ) {strict}`,

  `create table notification (
    id {id},
    dedupe_key text not null unique,
    organization_id {int} not null,
    channel_id {int} not null,
    rule_id {int},
    rule_history_id {int},
    project_id {int},
    issue_id {int},
    event_id text,
    kind text not null,
    payload text not null,
    state text not null,
    attempts {int} not null,
    next_attempt_at {int} not null,
    last_error text,
    created_at {int} not null,
    delivered_at {int},
    remote_message_id text
  ) {strict}`,
  // What is due: read many times a second, so it holds only what still has to go out.
  `create index notification_due on notification (next_attempt_at) where state in ('pending', 'sending')`,
  `create index notification_recent on notification (organization_id, created_at)`,
  `create index notification_channel on notification (channel_id, created_at)`,
  `create index notification_rule_history on notification (rule_history_id)`,
  `create index notification_issue on notification (issue_id)`,

  `create table delivery (
    id {id},
    notification_id {int} not null references notification (id) on delete cascade,
    channel_id {int} not null,
    attempt {int} not null,
    at {int} not null,
    outcome text not null,
    http_status {int},
    reason text not null,
    duration_ms {int} not null
  ) {strict}`,
  `create index delivery_notification on delivery (notification_id)`,
  `create index delivery_channel on delivery (channel_id, at)`,
];
