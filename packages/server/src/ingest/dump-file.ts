import type { ByteShare } from "./byte-budget.js";
import { decompress } from "./decompress.js";
import type { InflateLimits } from "./decompress.js";
import { isMinidump } from "./minidump-header.js";
import { parseMultipart } from "./multipart.js";
import type { FormFile } from "./multipart.js";
import { Refusal, busyRefusal } from "./refusal.js";

/** First bytes of compressed files and what undoes them. Node has no xz and bzip2: dumps packed so are refused. */
const packings = [
  { magic: Buffer.of(0x1f, 0x8b), encoding: "gzip" },
  { magic: Buffer.of(0x28, 0xb5, 0x2f, 0xfd), encoding: "zstd" },
] as const;

/**
 * Brings an uploaded dump to its plain form: a form nested in the dump part (old Electron) is opened, gzip and zstd
 * are undone, and the file name loses that ending.
 */
export async function unpackDump(
  file: FormFile,
  field: string,
  bounds: { share: ByteShare; limits: InflateLimits },
): Promise<FormFile | Refusal> {
  const inner = isNestedForm(file.data) ? await openNested(file.data, field, bounds) : file;
  if (inner instanceof Refusal) return inner;
  const packing = packings.find(({ magic }) => inner.data.subarray(0, magic.length).equals(magic));
  if (packing === undefined) return isMinidump(inner.data) ? inner : new Refusal("invalid_minidump");
  const data = await decompress(inner.data, packing.encoding, bounds);
  if (data instanceof Refusal) return data.code === "invalid_body" ? new Refusal("invalid_minidump") : data;
  if (!isMinidump(data)) return new Refusal("invalid_minidump");
  return { ...inner, data, filename: inner.filename.replace(/\.(gz|xz|bz2|zst)$/i, "") };
}

function isNestedForm(data: Buffer): boolean {
  return data[0] === 0x2d && data[1] === 0x2d;
}

async function openNested(
  data: Buffer,
  field: string,
  { share, limits }: { share: ByteShare; limits: InflateLimits },
): Promise<FormFile | Refusal> {
  const [boundary = ""] = data.toString("latin1", 2, 202).split("\r\n", 1);
  if (!/^[\w'()+,./:=? -]{1,190}$/.test(boundary)) return new Refusal("invalid_minidump");
  if (!share.take(data.length)) return busyRefusal(limits.retrySeconds);
  const form = await parseMultipart(data, `multipart/form-data; boundary="${boundary}"`);
  if (form === null) return new Refusal("invalid_multipart");
  return form.files.find((file) => file.field === field) ?? new Refusal("missing_minidump");
}
