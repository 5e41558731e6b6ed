/** The `code` of an error of Node, SQLite or PostgreSQL (`ENOENT`, `SQLITE_BUSY`, `23505`); undefined without one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return undefined;
}
