import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { workFolder } from "../support/run-scenario.js";

/** What curl got back. */
export interface CurlAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const closing = "\n%{http_code} %{content_type}";

/** Runs curl on the address with the options; `body` goes in by stdin. Rejects when curl itself fails. */
export async function curl(
  url: string,
  options: readonly string[] = [],
  body?: Buffer | string,
): Promise<CurlAnswer> {
  const data = body === undefined ? [] : ["--data-binary", "@-"];
  const child = spawn("curl", [
    "--silent",
    "--show-error",
    "--max-time",
    "20",
    "-w",
    closing,
    ...options,
    ...data,
    url,
  ]);
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => output.push(text));
  child.stdin.end(body);
  const [exitCode] = (await once(child, "close")) as [number | null];
  const text = output.join("");
  if (exitCode !== 0) throw new Error(`curl ended with ${exitCode}: ${text}`);
  const end = text.lastIndexOf("\n");
  const [status = "", ...contentType] = text.slice(end + 1).split(" ");
  return { status: Number(status), contentType: contentType.join(" "), body: text.slice(0, end) };
}

/** Packs a body in each of the encodings a client may choose. */
export const packers: Readonly<Record<string, (body: string) => Buffer>> = {
  identity: (body) => Buffer.from(body),
  gzip: (body) => gzipSync(body),
  deflate: (body) => deflateSync(body),
  br: (body) => brotliCompressSync(body),
  zstd: packZstd,
};

/** Node 20 cannot pack zstd; Python's client folder has a package that can. */
function packZstd(body: string): Buffer {
  const program =
    "import sys, zstandard; sys.stdout.buffer.write(zstandard.compress(sys.stdin.buffer.read()))";
  return execFileSync(join(workFolder, "python", "bin", "python"), ["-c", program], { input: body });
}
