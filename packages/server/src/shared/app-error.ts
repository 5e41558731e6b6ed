/** What went wrong, as the edge needs to know it to choose a status. */
export type AppErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "over_limit"
  | "unavailable";

/**
 * An expected refusal with a sentence for the person who asked. Thrown by actions and readers, mapped to an HTTP
 * status once, at the edge (api/http/error-handler.ts). The sentence must not quote secrets.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: AppErrorKind;
  /** Field path to messages, for forms. */
  readonly fields: Readonly<Record<string, readonly string[]>> | undefined;

  constructor(kind: AppErrorKind, detail: string, fields?: Readonly<Record<string, readonly string[]>>) {
    super(detail);
    this.kind = kind;
    this.fields = fields;
  }
}
