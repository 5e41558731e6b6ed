import type { FormErrors, FormPath } from "./form-errors.js";

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object (neither null nor a list). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an error message quotes it: short, without quotation marks around a text. */
export function quoted(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, 80);
}

/** Reads an object; notes a fault and returns undefined for any other value. */
export function readObject(errors: FormErrors, path: FormPath, value: unknown): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (isJsonObject(value)) return value;
  errors.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
  return undefined;
}

/** Reads a list of at most `max` entries; absent and null count as empty. */
export function readList(
  errors: FormErrors,
  source: { readonly path: FormPath; readonly value: unknown; readonly max: number },
): readonly unknown[] {
  const { path, value, max } = source;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    errors.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    return [];
  }
  if (value.length > max) errors.add(path, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
  return value;
}

/**
 * Reads a text and trims its outer white space, after which its limit is measured. Length counts UTF-16 units, the
 * strictest of the ways Discord's clients and servers count, so that what passes here passes there.
 */
export function readText(
  errors: FormErrors,
  source: {
    readonly path: FormPath;
    readonly value: unknown;
    readonly max: number;
    readonly required?: boolean;
  },
): string | undefined {
  const { path, value, max, required = false } = source;
  if (value !== undefined && value !== null && typeof value !== "string" && typeof value !== "number") {
    errors.add(path, "STRING_TYPE_CONVERT", `Could not interpret "${quoted(value)}" as string.`);
    return undefined;
  }
  const text = value === undefined || value === null ? "" : String(value).trim();
  if (text === "") {
    if (required) errors.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    return undefined;
  }
  if (text.length > max) errors.add(path, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
  return text;
}

/** Reads a whole number between `min` and `max`, both allowed. Digits in a string count, as they do for Discord. */
export function readInteger(
  errors: FormErrors,
  source: { readonly path: FormPath; readonly value: unknown; readonly min: number; readonly max: number },
): number | undefined {
  const { path, value, min, max } = source;
  if (value === undefined || value === null) return undefined;
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    errors.add(path, "NUMBER_TYPE_COERCE", `Value "${quoted(value)}" is not int.`);
    return undefined;
  }
  if (number < min)
    errors.add(path, "NUMBER_TYPE_MIN", `int value should be greater than or equal to ${min}.`);
  if (number > max) errors.add(path, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${max}.`);
  return number;
}

/**
 * Reads a web address: one of the schemes, and a host with a dot in it. `http://localhost` is refused as Discord
 * refuses it (https://github.com/bugsink/bugsink/issues/280).
 */
export function readUrl(
  errors: FormErrors,
  source: {
    readonly path: FormPath;
    readonly value: unknown;
    readonly max?: number;
    readonly schemes?: readonly string[];
  },
): string | undefined {
  const { path, max = 2048, schemes = ["http", "https"] } = source;
  const text = readText(errors, { path, value: source.value, max });
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url?.protocol.slice(0, -1);
  if (!url || scheme === undefined) {
    errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
  } else if (!schemes.includes(scheme)) {
    const list = schemes.map((each) => `'${each}'`).join(", ");
    errors.add(path, "URL_TYPE_INVALID_SCHEME", `Scheme "${scheme}" must be one of (${list}).`);
  } else if (scheme.startsWith("http") && !/[^.]\.[^.]/.test(url.hostname)) {
    errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
  }
  return text;
}
