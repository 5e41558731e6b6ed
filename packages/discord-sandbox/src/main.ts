#!/usr/bin/env node
import { HELP, readCommand } from "./command-line.js";
import { startDiscordSandbox, type DiscordSandbox, type SandboxOptions } from "./sandbox.js";

const command = readCommand(process.argv.slice(2));
if (command.kind === "help") {
  process.stdout.write(HELP);
} else if (command.kind === "wrong") {
  process.stderr.write(`${command.reason}\nTry --help.\n`);
  process.exitCode = 2;
} else {
  await run(command.options);
}

async function run(options: SandboxOptions): Promise<void> {
  try {
    const sandbox = await startDiscordSandbox(options);
    process.stdout.write(welcome(sandbox));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.stop());
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    if (!inUse) throw error;
    process.stderr.write(`Port ${options.port} is taken. Choose another with --port.\n`);
    process.exitCode = 1;
  }
}

function welcome(sandbox: DiscordSandbox): string {
  const width = Math.max(...sandbox.channels.map(({ name }) => name.length), 0);
  const lines = sandbox.channels.map(
    ({ name, webhookUrl }) => `  #${name.padEnd(width)}  ${webhookUrl ?? "(no webhook)"}`,
  );
  return [
    "",
    `Discord sandbox    ${sandbox.url}`,
    `API                ${sandbox.url}/api`,
    `Bot token          ${sandbox.botToken}`,
    `Server id          ${sandbox.guildId}`,
    "",
    "Channels and their webhooks",
    ...lines,
    "",
    "",
  ].join("\n");
}
