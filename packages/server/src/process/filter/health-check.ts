import { compileGlob } from "./glob.js";

/** Names under which load balancers and orchestrators ask whether a service lives (ingest sheet 9). */
const HEALTH_CHECKS = [
  "*healthcheck*",
  "*heartbeat*",
  "*/health",
  "*/healthy",
  "*/healthz",
  "*/live",
  "*/livez",
  "*/ready",
  "*/readyz",
  "*/ping",
].map((pattern) => compileGlob(pattern, { ignoreCase: true }));

/** True for a transaction's name which is a health check. */
export function isHealthCheck(transaction: string): boolean {
  return HEALTH_CHECKS.some((matches) => matches(transaction));
}
