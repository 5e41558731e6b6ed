import { readFile } from "node:fs/promises";
import { ConfigError } from "../config/config-error.js";
import type { Log } from "../shared/log.js";
import type { SecretBox } from "../shared/secret-box.js";
import type { Meta } from "../store/port.js";

export interface ProvisionPorts {
  readonly meta: Meta;
  readonly secrets: SecretBox;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Applies the file named by VEDETTE_PROVISION at start. @throws ConfigError naming the file */
export async function provision(_ports: ProvisionPorts, path: string): Promise<void> {
  await readFile(path, "utf8").catch((cause: unknown) => {
    throw new ConfigError(`VEDETTE_PROVISION: ${path} cannot be read (${String(cause)})`);
  });
}
