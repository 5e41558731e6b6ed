import { FormErrors } from "../rules/form-errors.js";
import { isSnowflake } from "../state/snowflake.js";
import type { World } from "../state/world.js";
import { Refusal } from "./refusal.js";

/** What the routes need to know. */
export interface RouteContext {
  readonly world: World;
  /** `http://host:port` as a client on this machine reaches it; known once listening. */
  readonly baseUrl: () => string;
}

/** Ids of Discord's paths; which of them a route has, depends on the route. */
export interface ApiParams {
  readonly webhookId?: string;
  readonly token?: string;
  readonly channelId?: string;
  readonly messageId?: string;
  readonly guildId?: string;
  readonly emoji?: string;
}

/** Throws an "Invalid Form Body" when an id of the path or the query is no id. */
export function requireSnowflake(name: string, value: string | undefined): void {
  if (isSnowflake(value)) return;
  const errors = new FormErrors();
  errors.add([name], "NUMBER_TYPE_COERCE", `Value "${value}" is not snowflake.`);
  throw new Refusal("invalidForm", errors);
}
