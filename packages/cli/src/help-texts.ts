/** Examples below the options of `--help`. */
export const program = `
First steps:
  export VEDETTE_TOKEN=…                        a token of yours (Settings, API tokens)
  vedette plan -f vedette.yaml                  what would change
  vedette apply -f vedette.yaml                 change it
  vedette test critical-errors-to-discord       does the message arrive?

Nothing arrives?
  vedette doctor --dsn http://KEY@127.0.0.1:9000/1
  vedette send-event --dsn http://KEY@127.0.0.1:9000/1

Too much arrives?
  vedette backtest all-errors-to-discord --days 14
  vedette stop                                  all rules off, at once`;

export const plan = `
Secrets stand in the file as \${NAME} and are read from the environment.

Examples:
  DISCORD_CRITICAL_WEBHOOK=… vedette plan -f vedette.yaml
  vedette plan --detailed-exitcode              in CI: 0 no changes, 1 error, 2 changes
  vedette plan --json | jq '.changes[] | select(.action != "unchanged")'`;

export const apply = `
All of the file takes effect, or nothing. Applying it again changes nothing. What was once in the file and
left it is removed; what people made on the pages stays. Projects are never removed.

Examples:
  vedette apply -f vedette.yaml
  vedette apply -f alerts/production.yaml --url https://vedette.example.com`;

export const test = `
Exits with 0 when every message was delivered, else with 1. Works for rules that are off or muted, too.

Examples:
  vedette test critical-errors-to-discord
  vedette test 3 --timeout 10`;

export const doctor = `
Goes the way of an event step by step and says at which it ends. Leaves nothing behind on the server.

Examples:
  vedette doctor --dsn http://KEY@127.0.0.1:9000/1
  SENTRY_DSN=… vedette doctor --json`;

export const sendEvent = `
Examples:
  vedette send-event --dsn http://KEY@127.0.0.1:9000/1
  vedette send-event --environment production --level fatal --tag correlation_id=abc123`;
