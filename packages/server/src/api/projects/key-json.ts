import type { Selectable } from "kysely";
import type { ProjectKeyTable } from "../../store/meta/schema.js";
import { isoTime } from "../http/iso-time.js";

/** A client key with every address SDKs may send to (web API sheet 9). `publicUrl` is without a slash at the end. */
export function keyJson(row: Selectable<ProjectKeyTable>, publicUrl: string) {
  const limit =
    row.rate_limit_count !== null && row.rate_limit_window_s !== null
      ? { window: row.rate_limit_window_s, count: row.rate_limit_count }
      : null;
  return {
    id: row.public_key,
    name: row.label,
    label: row.label,
    public: row.public_key,
    secret: row.public_key,
    projectId: row.project_id,
    isActive: row.is_active === 1,
    rateLimit: limit,
    dsn: addressesOf(row, publicUrl),
    browserSdkVersion: "latest",
    browserSdk: { choices: [] },
    dateCreated: isoTime(row.created_at),
    dynamicSdkLoaderOptions: {
      hasReplay: false,
      hasPerformance: false,
      hasDebug: false,
      hasFeedback: false,
      hasLogsAndMetrics: false,
    },
    useCase: "user",
  };
}

function addressesOf(key: Selectable<ProjectKeyTable>, publicUrl: string) {
  const { protocol, host, pathname } = new URL(publicUrl);
  const path = pathname.replace(/\/$/, "");
  const dsn = `${protocol}//${key.public_key}@${host}${path}/${key.project_id}`;
  const project = `${publicUrl}/api/${key.project_id}`;
  const query = `?sentry_key=${key.public_key}`;
  return {
    public: dsn,
    secret: dsn,
    security: `${project}/security/${query}`,
    csp: `${project}/csp-report/${query}`,
    nel: `${project}/nel/${query}`,
    minidump: `${project}/minidump/${query}`,
    unreal: `${project}/unreal/${key.public_key}/`,
    crons: `${project}/cron/___MONITOR_SLUG___/${key.public_key}/`,
    integration: `${project}/integration/`,
    otlp_traces: `${project}/integration/otlp/v1/traces`,
    otlp_logs: `${project}/integration/otlp/v1/logs`,
    // Neither the loader script nor the console's upload is served; clients want the names.
    cdn: "",
    playstation: "",
  };
}
