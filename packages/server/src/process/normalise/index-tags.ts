import type { ExceptionValue, JsonContext, NormalisedEvent, User } from "@vedette/protocol";
import { toTagValue } from "./tags.js";

/**
 * The tags an event is found, counted and routed by: its own and those derived from its attributes and contexts
 * (ingest sheet 6.7).
 *
 * Where a name occurs twice, attributes of the event (level, environment, release, dist, user, transaction, logger,
 * server_name, handled, mechanism, sdk.name) win over a tag of the sender's, because rules and searches must be able
 * to rely on them; a tag of the sender's wins over what is only inferred from contexts or request (browser, os,
 * device, runtime, url). Values are single lines of at most 200 characters; names without a value are absent.
 */
export function indexTags(event: NormalisedEvent): Record<string, string> {
  const tags: Record<string, string> = {};
  addContextTags(tags, event);
  for (const [key, value] of event.tags ?? []) {
    // The one name which assigning does not create.
    if (key !== "__proto__") tags[key] = value;
  }
  addAttributeTags(tags, event);
  return tags;
}

/** Whom an event counts as seen by, in the form of the tag `user`: `id:42`, `email:ann@example.com` … */
function userTag(user: User | undefined): string | undefined {
  if (user === undefined) return undefined;
  if (user.id !== undefined) return `id:${user.id}`;
  if (user.username !== undefined) return `username:${user.username}`;
  if (user.email !== undefined) return `email:${user.email}`;
  return user.ip_address === undefined ? undefined : `ip:${user.ip_address}`;
}

function addAttributeTags(tags: Record<string, string>, event: NormalisedEvent): void {
  const exceptions = event.exception?.values ?? [];
  add(tags, "level", event.level);
  add(tags, "environment", event.environment);
  add(tags, "release", event.release);
  add(tags, "dist", event.dist);
  add(tags, "user", userTag(event.user));
  add(tags, "transaction", event.transaction);
  add(tags, "logger", event.logger);
  add(tags, "server_name", event.server_name);
  add(tags, "handled", handledTag(exceptions));
  add(tags, "mechanism", exceptions.at(-1)?.mechanism?.type);
  add(tags, "sdk.name", event.sdk?.name);
}

/** `no` when nobody caught one of the exceptions, `yes` when somebody said so of one; undefined when nothing is said. */
function handledTag(exceptions: readonly ExceptionValue[]): string | undefined {
  if (exceptions.some(({ mechanism }) => mechanism?.handled === false)) return "no";
  return exceptions.some(({ mechanism }) => mechanism?.handled === true) ? "yes" : undefined;
}

function addContextTags(tags: Record<string, string>, { contexts, request }: NormalisedEvent): void {
  if (contexts !== undefined) {
    addNameAndVersion(tags, "browser", contexts["browser"]);
    addNameAndVersion(tags, "os", contexts["os"] ?? contexts["client_os"]);
    addNameAndVersion(tags, "runtime", contexts["runtime"]);
    add(tags, "os.rooted", rootedTag(contexts["os"]));
    add(tags, "device", textOf(contexts["device"], "model"));
    add(tags, "device.family", textOf(contexts["device"], "family"));
  }
  add(tags, "url", request?.url);
}

function addNameAndVersion(
  tags: Record<string, string>,
  key: string,
  context: JsonContext | undefined,
): void {
  if (context === undefined) return;
  const name = textOf(context, "name");
  if (name === undefined) return;
  const version = textOf(context, "version");
  add(tags, key, version === undefined ? name : `${name} ${version}`);
  add(tags, `${key}.name`, name);
}

function rootedTag(os: JsonContext | undefined): string | undefined {
  const rooted = os?.["rooted"];
  return typeof rooted === "boolean" ? (rooted ? "yes" : "no") : undefined;
}

function textOf(context: JsonContext | undefined, key: string): string | undefined {
  const value = context?.[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function add(tags: Record<string, string>, key: string, value: string | undefined): void {
  const text = value === undefined ? undefined : toTagValue(value);
  if (text !== undefined) tags[key] = text;
}
