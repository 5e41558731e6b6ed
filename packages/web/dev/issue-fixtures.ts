import type { Issue, IssuePriority } from "../src/api/issue.js";
import { seededRandom } from "./seeded-random.js";

/** What an issue is about; the rest is made up around it. */
type Kind = readonly [project: string, level: string, type: string, value: string, culprit: string];

const kinds: readonly Kind[] = [
  [
    "checkout",
    "fatal",
    "PaymentGatewayError",
    "capture refused by acquirer: timeout after 30000 ms (order 8f2c-11)",
    "POST /api/orders/{id}/capture",
  ],
  [
    "storefront",
    "error",
    "TypeError",
    "Cannot read properties of undefined (reading 'priceCents')",
    "CartSummary(src/cart/cart-summary.tsx)",
  ],
  [
    "worker",
    "error",
    "ConnectionResetError",
    "[Errno 104] Connection reset by peer",
    "jobs.invoices.render_pdf",
  ],
  [
    "checkout",
    "warning",
    "SlowQueryWarning",
    "SELECT … FROM orders JOIN line_items took 4,812 ms",
    "OrderRepository.findOpen",
  ],
  ["storefront", "error", "ChunkLoadError", "Loading chunk 417 failed.", "/products/[slug]"],
  ["ledger", "error", "sql: no rows in result set", "", "ledger/balance.(*Store).Current"],
  ["worker", "error", "KeyError", "'customer_id'", "jobs.sync.crm in push_contact"],
  [
    "checkout",
    "error",
    "ZodError",
    'Invalid input: expected string, received undefined at "address.postalCode"',
    "POST /api/addresses",
  ],
  ["storefront", "info", "Feature flag fell back to its default: new-checkout", "", "flags.evaluate"],
  ["ledger", "fatal", "runtime error: index out of range [12] with length 12", "", "ledger/import.parseRow"],
  [
    "storefront",
    "error",
    "<img src=x onerror=alert(1)>",
    '"><script>alert(document.cookie)</script> \u202Egnp.exe {{7*7}} ${jndi:ldap://x}',
    "javascript:alert(1)",
  ],
  [
    "worker",
    "warning",
    "RetryLater",
    "rate limited by carrier API, 429 for 61 s",
    "jobs.shipping.book_label",
  ],
  [
    "checkout",
    "error",
    "org.springframework.web.client.HttpServerErrorException$InternalServerErrorExceptionWithAVeryLongClassNameThatDoesNotWantToEnd",
    '500 Internal Server Error on POST request for "https://inventory.internal.example.com/v2/reservations/bulk?warehouse=hamburg-03&priority=express&retry=3": [no body]',
    "com.example.checkout.inventory.client.ReservationClient$$EnhancerBySpringCGLIB$$8d1f2c.reserve",
  ],
  [
    "storefront",
    "error",
    "Hydration failed",
    "the server rendered HTML did not match the client",
    "/account/orders",
  ],
  ["checkout", "debug", "cache miss storm on key prefix product:*", "", "cache.get"],
  [
    "worker",
    "error",
    "UnicodeDecodeError",
    "'utf-8' codec can't decode byte 0xff in position 0: Ünïcödé 日本語 🚨",
    "jobs.mail.inbound",
  ],
];

const members = ["Ada Lindqvist", "Tomás Rivera", "Noor Haddad"] as const;
const hour = 3_600;
const substatuses = ["new", "ongoing", "escalating", "ongoing", "regressed", "ongoing"] as const;
const priorityOf = (level: string): IssuePriority =>
  level === "fatal" || level === "error" ? "high" : level === "warning" ? "medium" : "low";

/** Counts over time in buckets; `shape` 0 is steady, 1 a recent burst, 2 fading. */
export function seriesOf(options: {
  seed: number;
  points: number;
  stepSeconds: number;
  peak: number;
}): [number, number][] {
  const random = seededRandom(options.seed);
  const end = Math.floor(Date.now() / 1_000 / options.stepSeconds) * options.stepSeconds;
  return Array.from({ length: options.points }, (_, index) => {
    const place = index / options.points;
    const weight = [0.6 + 0.4 * Math.sin(place * 18), place ** 6, (1 - place) ** 2][options.seed % 3] ?? 1;
    const count = random() < 0.12 ? 0 : Math.round(options.peak * weight * (0.45 + 0.55 * random()));
    return [end - (options.points - 1 - index) * options.stepSeconds, count];
  });
}

/** An issue with everything lists need; the same one for the same index. */
export function makeIssue(index: number): Issue {
  const random = seededRandom(index + 7);
  const [project, level, type, value, culprit] = kinds[index % kinds.length] as Kind;
  const count = Math.round(10 ** (random() * 4.6));
  const lastSeen = Date.now() - Math.round(index * 47_000 * random() + 3_000);
  const firstSeen = lastSeen - Math.round(random() * 40 * 86_400_000) - 60_000;
  const name = members[index % 5];
  const hasValue = value !== "";
  return {
    id: String(1_000 + index),
    shortId: `${project.toUpperCase()}-${17 + index}`,
    title: hasValue ? `${type}: ${value}` : type,
    culprit,
    level,
    status: "unresolved",
    statusDetails: {},
    substatus: substatuses[index % substatuses.length] ?? "ongoing",
    priority: priorityOf(level),
    platform: project === "worker" ? "python" : project === "ledger" ? "go" : "node",
    project: { id: project, slug: project, name: project, platform: platformOf[project] ?? null },
    metadata: hasValue ? { type, value } : {},
    assignedTo: name
      ? {
          type: "user",
          id: String((index % 5) + 1),
          name,
          email: `${name.split(" ")[0]?.toLowerCase()}@example.com`,
        }
      : null,
    isUnhandled: index % 3 === 0,
    count: String(count),
    userCount: Math.round(count * random() * 0.6),
    numComments: index % 4 === 1 ? 2 : 0,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(lastSeen).toISOString(),
    stats: { "14d": seriesOf({ seed: index, points: 42, stepSeconds: 8 * hour, peak: count / 10 + 3 }) },
  };
}

/** Platform by project. */
export const platformOf: Readonly<Record<string, string>> = {
  checkout: "node",
  storefront: "javascript-nextjs",
  worker: "python-django",
  ledger: "go",
};
