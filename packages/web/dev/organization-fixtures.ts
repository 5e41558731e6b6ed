import type { AuditEntry, Member, Release } from "../src/api/organization.js";
import type { Project, ProjectKey, ProjectSettings } from "../src/api/projects.js";
import { platformOf, seriesOf } from "./issue-fixtures.js";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Four projects; in the scene `fresh` none has received anything. */
export function projects(scene: string): Project[] {
  const fresh = scene === "fresh";
  const names = {
    checkout: "Checkout API",
    storefront: "Storefront",
    worker: "Background worker",
    ledger: "Ledger",
    docs: "Documentation site with a rather long name",
  };
  return Object.entries(names)
    .map(([slug, name], index) => ({
      id: String(index + 1),
      slug,
      name,
      platform: platformOf[slug] ?? "javascript-react",
      dateCreated: ago(90_000),
      firstEvent: fresh || slug === "docs" ? null : ago(80_000),
      environments: ["production", "staging"],
      stats24h:
        fresh || slug === "docs"
          ? []
          : seriesOf({ seed: index + 3, points: 48, stepSeconds: 1_800, peak: 400 / (index + 1) }),
      unresolvedCount: [184, 1_204, 37, 9, 0][index] ?? 0,
      latestRelease: slug === "docs" ? null : `${slug}@4.18.${index}`,
    }))
    .slice(0, fresh ? 2 : undefined);
}

/** Settings of a new project. */
export const settings: ProjectSettings = {
  scrubData: true,
  scrubDefaults: true,
  scrubIpAddresses: false,
  sensitiveFields: ["iban", "date_of_birth"],
  safeFields: [],
  maskStyle: "masked",
  allowedDomains: ["*"],
  filters: {
    browserExtensions: true,
    legacyBrowsers: false,
    localhost: false,
    webCrawlers: true,
    healthChecks: true,
    chunkLoadErrors: false,
    hydrationErrors: true,
    ipAddresses: [],
    releases: [],
    errorMessages: ["ResizeObserver loop*"],
  },
  rateLimitPerMinute: null,
  retentionDays: 90,
  groupingAlgorithm: "v1",
};

/** A key with its DSN. */
export const keys: ProjectKey[] = [
  {
    id: "4f2b9c1e0d8a47c6b5e3f1a290d7c856",
    public: "4f2b9c1e0d8a47c6b5e3f1a290d7c856",
    name: "Default",
    isActive: true,
    rateLimit: null,
    dateCreated: ago(90_000),
    dsn: { public: "http://4f2b9c1e0d8a47c6b5e3f1a290d7c856@127.0.0.1:9000/1" },
  },
  {
    id: "b5e3f1a290d7c8564f2b9c1e0d8a47c6",
    public: "b5e3f1a290d7c8564f2b9c1e0d8a47c6",
    name: "Mobile app",
    isActive: false,
    rateLimit: { window: 60, count: 300 },
    dateCreated: ago(9_000),
    dsn: { public: "http://b5e3f1a290d7c8564f2b9c1e0d8a47c6@127.0.0.1:9000/1" },
  },
];

/** People; the first one is signed in. */
export const members: Member[] = ["Ada Lindqvist", "Tomás Rivera", "Noor Haddad", "Kenji Watanabe"].map(
  (name, index) => {
    const email = `${name
      .split(" ")[0]
      ?.toLowerCase()
      .normalize("NFKD")
      .replace(/[^a-z]/g, "")}@example.com`;
    return {
      id: String(index + 1),
      email,
      name,
      orgRole: ["owner", "manager", "member", "member"][index] ?? "member",
      user: { id: String(index + 1), name, email },
    };
  },
);

/** Releases, newest first. */
export const releases: Release[] = [2, 1, 0].map((patch) => ({
  version: `checkout@4.18.${patch}`,
  shortVersion: `4.18.${patch}`,
  dateCreated: ago((3 - patch) * 9_000),
  newGroups: patch,
}));

/** What was changed lately. */
export const audit: AuditEntry[] = [
  "rule.update",
  "channel.rotate_secret",
  "key.disable",
  "project.update",
  "alerts.stop",
  "alerts.resume",
  "member.sign_in",
].map((action, index) => ({
  id: String(index),
  dateCreated: ago(8 + index * 190),
  action,
  user: { name: members[index % 4]?.name ?? "", email: members[index % 4]?.email ?? "" },
  target:
    ["Critical errors to Discord", "sentry-critical", "Mobile app", "checkout", null, null, null][index] ??
    null,
  data:
    index === 0
      ? { interval: ["30m", "1h"] }
      : index === 3
        ? { maskStyle: ["filtered", "masked"], sensitiveFields: "+iban" }
        : {},
}));
