import { ChannelType } from "discord-api-types/v10";
import { parseArgs } from "node:util";
import type { SandboxOptions } from "./sandbox.js";
import type { RateLimits } from "./state/rate-limiter.js";

/** What `--help` prints. */
export const HELP = `A stand-in for Discord on this machine, as strict as Discord about limits.

Usage: npm run discord-sandbox -- [options]

  --port NUMBER          port to listen on (default 9010; 0 for any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1)
  --channels A,B,C       text channels to start with, each with a webhook
                         (default sentry-critical,sentry-errors,sentry-performance)
  --channel NAME         one more channel; may be repeated
  --forum NAME           a forum channel; may be repeated
  --no-rate-limit        answer any number of calls
  --bucket-limit N/MS    calls of one route and webhook (default 5/2000)
  --channel-limit N/MS   messages to one channel by webhooks (default 30/60000)
  --global-limit N/MS    calls of one bot or address (default 50/1000)
  --max-messages NUMBER  messages to remember (default 5000)
  --bot-token TOKEN      token for bot calls (default sandbox-bot-token)
  --help                 this text

Webhook URLs derive from the channel's name, so they stay the same over restarts.
Open the printed address to read the messages as Discord would show them.

Send one:
  curl -H 'content-type: application/json' -d '{"content":"Hello"}' "$WEBHOOK_URL?wait=true"
Read them:
  curl 'http://127.0.0.1:9010/messages?channel=sentry-errors'
Break something (kind: status, hang, reset, rate_limit, slow; until removed unless "times" is given):
  curl -H 'content-type: application/json' http://127.0.0.1:9010/_sandbox/faults \\
    -d '{"target":"sentry-errors","kind":"status","status":503,"times":2}'
Mend it:                  curl -X DELETE http://127.0.0.1:9010/_sandbox/faults
Delete a webhook:         curl -X DELETE http://127.0.0.1:9010/_sandbox/webhooks/ID
Add a channel:            curl -H 'content-type: application/json' http://127.0.0.1:9010/_sandbox/channels -d '{"name":"more"}'
Start over:               curl -X POST http://127.0.0.1:9010/_sandbox/reset
With @discordjs/rest:     new REST({ api: "http://127.0.0.1:9010/api" })
`;

/** What the arguments ask for. */
export type Command =
  | { readonly kind: "start"; readonly options: SandboxOptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

const DEFAULT_PORT = 9_010;
const DEFAULT_CHANNELS = "sentry-critical,sentry-errors,sentry-performance";

/** Reads the arguments after the program's name. Wrong ones become a reason a person can act on. */
export function readCommand(args: readonly string[]): Command {
  try {
    return toCommand(args);
  } catch (error) {
    return { kind: "wrong", reason: error instanceof Error ? error.message : String(error) };
  }
}

function toCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      channels: { type: "string" },
      channel: { type: "string", multiple: true },
      forum: { type: "string", multiple: true },
      "no-rate-limit": { type: "boolean" },
      "bucket-limit": { type: "string" },
      "channel-limit": { type: "string" },
      "global-limit": { type: "string" },
      "max-messages": { type: "string" },
      "bot-token": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return { kind: "help" };
  const named = (values.channels ?? (values.channel ? "" : DEFAULT_CHANNELS))
    .split(",")
    .concat(values.channel ?? []);
  const forums = (values.forum ?? []).map((name) => ({ name, type: ChannelType.GuildForum }));
  const options: SandboxOptions = {
    port: readNumber("--port", values.port, DEFAULT_PORT),
    host: values.host ?? "127.0.0.1",
    channels: [...new Set(named.map((name) => name.trim()).filter((name) => name !== "")), ...forums],
    rateLimit: values["no-rate-limit"]
      ? false
      : {
          ...readLimit("bucket", values["bucket-limit"]),
          ...readLimit("channel", values["channel-limit"]),
          ...readLimit("global", values["global-limit"]),
        },
    maxMessages: readNumber("--max-messages", values["max-messages"], 5_000),
    ...(values["bot-token"] !== undefined && { botToken: values["bot-token"] }),
  };
  return { kind: "start", options };
}

function readNumber(option: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!/^\d+$/.test(value)) throw new Error(`${option} needs a whole number, not "${value}"`);
  return Number(value);
}

function readLimit(name: keyof RateLimits, value: string | undefined): Partial<RateLimits> {
  if (value === undefined) return {};
  const [limit, windowMs] = /^(\d+)\/(\d+)$/.exec(value)?.slice(1).map(Number) ?? [];
  if (!limit || !windowMs)
    throw new Error(`--${name}-limit needs calls and milliseconds such as 5/2000, not "${value}"`);
  return { [name]: { limit, windowMs } };
}
