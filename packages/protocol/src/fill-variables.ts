/** What of a document could not be filled in. `path` as in `channels[0].webhookUrl`. */
export interface MissingVariable {
  readonly path: string;
  readonly name: string;
}

export interface FilledDocument {
  /** The document with the variables' values in place; missing ones are left as written. */
  readonly document: unknown;
  readonly missing: readonly MissingVariable[];
}

const VARIABLE = /\$(\$\{[A-Za-z_]\w*\})|\$\{([A-Za-z_]\w*)\}/g;

/**
 * Puts values in the place of `${NAME}` in the texts of a document, such as a parsed vedette.yaml. Keys and anything but
 * texts stay; values are never read again for further variables. `$${NAME}` stands for the text `${NAME}` itself.
 *
 * @param lookup the value of a variable; undefined when it is not set
 */
export function fillVariables(
  document: unknown,
  lookup: (name: string) => string | undefined,
): FilledDocument {
  const missing: MissingVariable[] = [];
  const fillText = (text: string, path: string) =>
    text.replaceAll(VARIABLE, (written: string, escaped: string | undefined, name: string | undefined) => {
      if (escaped !== undefined || name === undefined) return escaped ?? written;
      const value = lookup(name);
      if (value === undefined) missing.push({ path, name });
      return value ?? written;
    });
  const fill = (value: unknown, path: string): unknown => {
    if (typeof value === "string") return fillText(value, path);
    if (Array.isArray(value)) return value.map((item, index) => fill(item, `${path}[${index}]`));
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, fill(item, path === "" ? key : `${path}.${key}`)]),
    );
  };
  return { document: fill(document, ""), missing };
}
