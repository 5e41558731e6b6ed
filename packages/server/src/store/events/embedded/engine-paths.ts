import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

/** Where an engine keeps what. */
export interface EnginePaths {
  readonly chdbDir: string;
  readonly socketPath: string;
}

// sockaddr_un holds 108 bytes on Linux and 104 on macOS, with the closing zero.
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Lays out an engine's directory and makes it, readable for its owner only.
 *
 * The socket lies in the directory. Where that path is too long for a socket, it lies in a private directory below the
 * system's temporary one, named after the data directory, so that a restart finds the same path.
 *
 * @throws Error when a directory cannot be made, or the temporary one belongs to someone else
 */
export function prepareEnginePaths(dataDir: string): EnginePaths {
  const root = resolve(dataDir);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const inDataDir = join(root, "engine.sock");
  const fits = Buffer.byteLength(inDataDir) <= MAX_SOCKET_PATH_BYTES;
  return {
    chdbDir: join(root, "chdb"),
    socketPath: fits ? inDataDir : join(privateTemporaryDirectory(root), "engine.sock"),
  };
}

/**
 * Says who holds an engine's directory, from the file chDB keeps locked there. chDB itself only says that it cannot
 * connect.
 *
 * @returns the id of a living process, or undefined when none can be seen (another container's cannot)
 */
export function engineDirectoryHolder(chdbDir: string): number | undefined {
  const statusFile = join(chdbDir, "status");
  const status = existsSync(statusFile) ? readFileSync(statusFile, "utf8") : "";
  const pid = Number(/^PID: (\d+)/m.exec(status)?.[1] ?? 0);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function privateTemporaryDirectory(root: string): string {
  const { uid } = userInfo();
  const hash = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const directory = join(tmpdir(), `vedette-${uid}-${hash}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const stat = lstatSync(directory);
  if (!stat.isDirectory() || (uid >= 0 && stat.uid !== uid)) {
    throw new Error(`${directory} belongs to another user; choose a shorter data directory`);
  }
  return directory;
}
