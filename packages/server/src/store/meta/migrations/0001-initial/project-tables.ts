/** Who sends and who looks: organisations, projects, keys, tokens, releases, and Vedette's own notes. */
export const projectTables: readonly string[] = [
  `create table organization (
    id {id},
    slug text not null unique,
    name text not null,
    created_at {int} not null,
    alerts_stopped_at {int},
    alerts_stopped_by text,
    settings text not null
  ) {strict}`,

  `create table project (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    slug text not null,
    name text not null,
    platform text,
    status text not null,
    created_at {int} not null,
    first_event_at {int},
    settings text not null,
    next_short_id {int} not null,
    revision {int} not null,
    unique (organization_id, slug)
  ) {strict}`,

  `create table project_key (
    public_key text primary key,
    project_id {int} not null references project (id) on delete cascade,
    label text not null,
    is_active {int} not null,
    rate_limit_count {int},
    rate_limit_window_s {int},
    created_at {int} not null
  ) {strict}`,
  `create index project_key_project on project_key (project_id)`,

  `create table member (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    user_id text not null,
    role text not null,
    created_at {int} not null,
    unique (organization_id, user_id)
  ) {strict}`,
  `create index member_user on member (user_id)`,

  `create table api_token (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    user_id text,
    name text not null,
    token_hash text not null unique,
    hint text not null,
    scopes text not null,
    created_at {int} not null,
    last_used_at {int},
    expires_at {int}
  ) {strict}`,
  `create index api_token_organization on api_token (organization_id)`,

  `create table "release" (
    id {id},
    organization_id {int} not null references organization (id) on delete cascade,
    version text not null,
    created_at {int} not null,
    released_at {int},
    first_event_at {int},
    last_event_at {int},
    unique (organization_id, version)
  ) {strict}`,
  `create index release_recent on "release" (organization_id, created_at)`,

  `create table release_project (
    release_id {int} not null references "release" (id) on delete cascade,
    project_id {int} not null,
    new_issues {int} not null,
    first_event_at {int} not null,
    last_event_at {int} not null,
    primary key (release_id, project_id)
  ) {strict}`,
  `create index release_project_recent on release_project (project_id, last_event_at)`,

  `create table environment (
    project_id {int} not null references project (id) on delete cascade,
    name text not null,
    first_seen {int} not null,
    primary key (project_id, name)
  ) {strict}`,

  `create table consumer (
    name text primary key,
    position {int} not null,
    claimed_to {int},
    attempts {int} not null,
    updated_at {int} not null
  ) {strict}`,

  `create table audit (
    id {id},
    organization_id {int} not null,
    at {int} not null,
    user_id text,
    action text not null,
    target text not null,
    data text not null
  ) {strict}`,
  `create index audit_recent on audit (organization_id, at)`,

  `create table setting (
    key text primary key,
    value text not null
  ) {strict}`,
];
