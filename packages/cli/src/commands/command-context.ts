import type { Connection } from "../connection.js";
import type { Terminal } from "../terminal.js";

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Print JSON for programs instead of text for people. */
  readonly isJson: boolean;
  /** @throws CliError when there is no token */
  readonly connect: () => Connection;
}
