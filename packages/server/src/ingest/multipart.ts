import { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { BusboyInstance } from "@fastify/busboy";

export interface FormFile {
  /** Name of the form field. */
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly data: Buffer;
}

export interface MultipartForm {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly FormFile[];
}

const limits = {
  parts: 500,
  fields: 400,
  files: 100,
  fieldNameSize: 1_000,
  /** An event may come as one text field (ingest sheet 1.6). */
  fieldSize: 1024 * 1024,
  headerPairs: 100,
} as const;
/** Other requests get their turn after each slice. */
const sliceBytes = 256 * 1024;

/**
 * Splits a `multipart/form-data` body. A part counts as a file when it has a file name or is binary by its content
 * type.
 *
 * @returns null when the body is no complete form, or has more parts or longer fields than allowed
 */
export function parseMultipart(body: Buffer, contentType: string): Promise<MultipartForm | null> {
  return new Promise((resolve) => {
    const parser = openParser(contentType);
    if (parser === null) {
      resolve(null);
      return;
    }
    const fields: [string, string][] = [];
    const files: FormFile[] = [];
    const fail = () => resolve(null);
    // Busboy's events have more parameters than the rule for our own functions allows.
    parser.on("field", (...[name, value, nameTruncated, valueTruncated]) => {
      if (nameTruncated || valueTruncated) fail();
      else fields.push([name, value]);
    });
    parser.on("file", (...[field, stream, filename, , type]) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("error", fail);
      stream.once("end", () =>
        files.push({ field, filename: filename ?? "", contentType: type, data: Buffer.concat(chunks) }),
      );
    });
    for (const event of ["partsLimit", "fieldsLimit", "filesLimit"] as const) parser.once(event, fail);
    parser.once("error", fail);
    parser.once("finish", () => resolve({ fields, files }));
    Readable.from(slices(body)).once("error", fail).pipe(parser);
  });
}

function openParser(contentType: string): BusboyInstance | null {
  try {
    return new Busboy({ headers: { "content-type": contentType }, limits });
  } catch {
    // Busboy's way to say that the content type is none it knows, or lacks the boundary.
    return null;
  }
}

function* slices(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += sliceBytes) yield body.subarray(at, at + sliceBytes);
}
