import { banner } from "./app/banner.js";
import { DataDirectoryInUse } from "./app/data-lock.js";
import { startVedette } from "./app/start.js";
import { ConfigError } from "./config/config-error.js";
import { readConfig, unknownSettings } from "./config/config.js";

/** SIGTERM: drain and exit 0 within this time; a second signal exits at once (design 3). */
const stopWithinMs = 10_000;
const started = performance.now();

function fail(error: unknown): never {
  console.error(sentenceFor(error) ?? error);
  process.exit(1);
}

/** Failures that a person can mend, in their words; anything else is shown whole. */
function sentenceFor(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof DataDirectoryInUse) return `vedette: ${error.message}`;
  if (error instanceof Error && "code" in error && "port" in error && error.code === "EADDRINUSE") {
    return `vedette: port ${String(error.port)} is in use. Choose another one with VEDETTE_PORT.`;
  }
  return null;
}

try {
  const config = readConfig();
  for (const name of unknownSettings())
    console.error(`vedette: ${name} is set but means nothing to Vedette.`);
  const starting = startVedette(config, fail);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    void starting.then((vedette) => vedette.stop()).then(() => process.exit(0), fail);
  };
  // Before anything can tell that the server is there: a signal in between would end it the hard way.
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.stdout.write(banner(await starting, performance.now() - started));
} catch (error) {
  fail(error);
}
