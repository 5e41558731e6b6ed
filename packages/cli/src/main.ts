#!/usr/bin/env node
import { run } from "./program.js";

const exitCode = await run(process.argv.slice(2), {
  env: process.env,
  hasColor: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
});
process.exitCode = exitCode;
