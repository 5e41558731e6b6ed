/** gRPC codes 0 to 16 in order; the wire uses their names in lower case. */
const STATUS_BY_CODE = [
  "ok",
  "cancelled",
  "unknown",
  "invalid_argument",
  "deadline_exceeded",
  "not_found",
  "already_exists",
  "permission_denied",
  "resource_exhausted",
  "failed_precondition",
  "aborted",
  "out_of_range",
  "unimplemented",
  "internal_error",
  "unavailable",
  "data_loss",
  "unauthenticated",
] as const;

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["success", "ok"],
  ["unknown_error", "unknown"],
  ["failure", "unknown"],
  ["error", "internal_error"],
  ["internal", "internal_error"],
  ["canceled", "cancelled"],
]);

const KNOWN: ReadonlySet<string> = new Set(STATUS_BY_CODE);

/** The span status of a name, an alias or a gRPC code (ingest sheet 6.16); `unknown` for everything else. */
export function toSpanStatus(value: unknown): string {
  if (typeof value === "number") return STATUS_BY_CODE[value] ?? "unknown";
  if (typeof value !== "string") return "unknown";
  const name = value.trim().toLowerCase();
  if (KNOWN.has(name)) return name;
  const code = /^\d{1,2}$/.test(name) ? STATUS_BY_CODE[Number(name)] : undefined;
  return ALIASES.get(name) ?? code ?? "unknown";
}
