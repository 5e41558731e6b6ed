import { parseDsn } from "@vedette/protocol";
import type { Dsn } from "@vedette/protocol";
import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";

/** The DSN of --dsn or SENTRY_DSN. @throws CliError when there is none, or it is not one */
export function readDsn(terminal: Pick<Terminal, "env">, option: string | undefined): Dsn {
  const text = option ?? terminal.env["SENTRY_DSN"];
  if (!text) {
    throw new CliError(
      "There is no DSN.",
      "Copy it from the project's page under Set up, then: --dsn … or export SENTRY_DSN=…",
    );
  }
  const dsn = parseDsn(text);
  if (!dsn) {
    throw new CliError(
      "The DSN is not one.",
      "It has the form http://KEY@HOST:PORT/PROJECT-NUMBER, as in http://0123…cdef@127.0.0.1:9000/1",
    );
  }
  return dsn;
}

/** Where the DSN's server answers, without a slash at the end. */
export function originOf(dsn: Dsn): string {
  const port = dsn.port === undefined ? "" : `:${dsn.port}`;
  return `${dsn.scheme}://${dsn.host}${port}${dsn.path}`;
}
