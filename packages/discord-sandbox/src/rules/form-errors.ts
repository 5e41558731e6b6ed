/** Where in the body something is wrong. */
export type FormPath = readonly (string | number)[];

interface FormError {
  readonly path: FormPath;
  readonly code: string;
  readonly message: string;
}

/**
 * Collects what is wrong with a body and writes it as Discord nests it:
 * `{embeds: {0: {title: {_errors: [{code, message}]}}}}`.
 * See https://discord.com/developers/docs/reference#error-messages
 */
export class FormErrors {
  readonly #found: FormError[] = [];

  /** Notes one fault at a place of the body. */
  add(path: FormPath, code: string, message: string): void {
    this.#found.push({ path, code, message });
  }

  /** Whether the body is fine so far. */
  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** The nested `errors` object of a 50035 answer. */
  toNested(): Record<string, unknown> {
    const root: Record<string, unknown> = {};
    for (const { path, code, message } of this.#found) {
      let node = root;
      for (const step of path) node = (node[step] ??= {}) as Record<string, unknown>;
      ((node["_errors"] ??= []) as unknown[]).push({ code, message });
    }
    return root;
  }
}
