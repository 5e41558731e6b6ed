/** Issues, their hashes and where they were seen; event ids and attachments. Hot tables have no foreign keys. */
export const issueTables: readonly string[] = [
  `create table issue (
    id {id},
    project_id {int} not null references project (id) on delete cascade,
    short_id {int} not null,
    title text not null,
    culprit text not null,
    type text not null,
    category text not null,
    level text not null,
    platform text not null,
    metadata text not null,
    status text not null,
    substatus text,
    status_details text not null,
    status_at {int} not null,
    priority text not null,
    priority_locked_at {int},
    handled {int},
    first_seen {int} not null,
    last_seen {int} not null,
    times_seen {int} not null,
    first_release text,
    last_release text,
    assignee text,
    num_comments {int} not null,
    created_at {int} not null,
    last_event_id text not null,
    unique (project_id, short_id)
  ) {strict}`,
  // The issue list: one project and status, the newest first; without a status, by either date.
  `create index issue_list on issue (project_id, status, last_seen)`,
  `create index issue_recent on issue (project_id, last_seen)`,
  `create index issue_new on issue (project_id, first_seen)`,
  `create index issue_assignee on issue (assignee, last_seen)`,

  `create table issue_hash (
    project_id {int} not null,
    hash text not null,
    issue_id {int} not null references issue (id) on delete cascade,
    algorithm text not null,
    explanation text not null,
    created_at {int} not null,
    primary key (project_id, hash)
  ) {strict}`,
  `create index issue_hash_issue on issue_hash (issue_id)`,

  `create table issue_environment (
    issue_id {int} not null references issue (id) on delete cascade,
    environment text not null,
    first_seen {int} not null,
    last_seen {int} not null,
    times_seen {int} not null,
    primary key (issue_id, environment)
  ) {strict}`,

  `create table issue_release (
    issue_id {int} not null references issue (id) on delete cascade,
    "release" text not null,
    environment text not null,
    first_seen {int} not null,
    last_seen {int} not null,
    times_seen {int} not null,
    primary key (issue_id, "release", environment)
  ) {strict}`,
  `create index issue_release_release on issue_release ("release")`,

  `create table issue_activity (
    id {id},
    issue_id {int} not null references issue (id) on delete cascade,
    kind text not null,
    user_id text,
    at {int} not null,
    data text not null
  ) {strict}`,
  `create index issue_activity_issue on issue_activity (issue_id, at)`,

  `create table event_seen (
    project_id {int} not null,
    event_id text not null,
    seen_at {int} not null,
    primary key (project_id, event_id)
  ) {strict}`,
  `create index event_seen_age on event_seen (seen_at)`,

  `create table attachment (
    id {id},
    project_id {int} not null,
    event_id text not null,
    item_type text not null,
    name text not null,
    content_type text not null,
    attachment_type text not null,
    size_bytes {int} not null,
    blob_key text not null,
    created_at {int} not null
  ) {strict}`,
  `create index attachment_event on attachment (project_id, event_id)`,
  `create index attachment_age on attachment (created_at)`,
];
