import { readFileSync, readdirSync } from "node:fs";

/** Ids of the direct children of a process, over all of its threads; empty when it is gone. Linux only. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    // It ended while it was looked at.
    return [];
  }
}

/** The child of a server that holds chDB. @throws Error when it has none at this moment */
export function enginePid(serverPid: number): number {
  const pid = childrenOf(serverPid).find((child) => commandLine(child).includes("embedded/engine.js"));
  if (pid === undefined) throw new Error(`process ${serverPid} has no engine now`);
  return pid;
}

/** Resident memory in MB (VmRSS); 0 when the process is gone. */
export function residentMb(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kib ?? 0) / 1_024;
  } catch {
    // It ended while it was looked at.
    return 0;
  }
}

/** Sends a signal to a process these tests started; false when it is gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
