import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request, requestPage } from "./client.js";
import type { RuleDefinition } from "./rule-definition.js";

/** An alert rule with its recent doings. */
export interface Rule {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly enabled: boolean;
  /** `file` rules come from vedette.yaml: the next apply overwrites what is changed here. */
  readonly origin: "file" | "api";
  readonly mutedUntil: string | null;
  readonly definition: RuleDefinition;
  readonly projects?: readonly string[];
  /** Channels the rule names and nobody has made, or has deleted. */
  readonly missingChannels?: readonly string[];
  readonly lastFired: string | null;
  readonly dateCreated: string;
  readonly dateUpdated: string;
  readonly fired24h?: number;
  readonly failed24h?: number;
}

export type NotificationState = "pending" | "sending" | "delivered" | "failed" | "dropped";

/** A firing, or a firing that was held back, and what became of its messages. */
export interface HistoryEntry {
  readonly id: string;
  readonly dateCreated: string;
  readonly outcome: "fired" | "throttled" | "muted" | "stopped" | "test";
  readonly reason: string;
  readonly count?: number;
  readonly rule?: { readonly id: string; readonly name: string };
  readonly issue: { readonly id: string; readonly shortId: string; readonly title: string } | null;
  readonly eventId: string | null;
  readonly notifications: readonly {
    readonly id: string;
    readonly channel: { readonly id: string; readonly name: string };
    readonly state: NotificationState;
    readonly attempts: number;
    readonly lastError: string | null;
    readonly deliveredAt: string | null;
  }[];
}

const rulesPath = (org: string, id?: string) => `/organizations/${org}/alerts/rules/${id ? `${id}/` : ""}`;

/** Every rule. */
export function rulesQuery(org: string) {
  return queryOptions({
    queryKey: ["rules", org],
    queryFn: ({ signal }) => request<Rule[]>(rulesPath(org), { signal }),
    refetchInterval: 30_000,
  });
}

/** One rule, by number or slug. */
export function ruleQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["rule", org, id],
    queryFn: ({ signal }) => request<Rule>(rulesPath(org, id), { signal }),
  });
}

/** Firings, newest first: of one rule, or of all when `rule` is null. */
export function historyQuery(org: string, rule: string | null) {
  const path = rule === null ? `/organizations/${org}/alerts/history/` : `${rulesPath(org, rule)}history/`;
  return infiniteQueryOptions({
    queryKey: ["history", org, rule],
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      requestPage<HistoryEntry>(path, { signal, query: { limit: 50, cursor: pageParam || undefined } }),
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });
}

/** Firings and throttled firings a day over two weeks. */
export function ruleStatsQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["rule-stats", org, id],
    queryFn: ({ signal }) =>
      request<{ buckets: [number, number, number][] }>(`${rulesPath(org, id)}stats/`, {
        signal,
        query: { statsPeriod: "14d" },
      }),
  });
}

/** What can be said about a rule when saving it. */
export interface RuleInput {
  readonly name?: string;
  readonly definition?: RuleDefinition;
  readonly enabled?: boolean;
}

/** Creates a rule (without `id`) or changes one; an enable switch shows at once. */
export function useSaveRule(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: RuleInput & { id?: string }) =>
      request<Rule>(rulesPath(org, id), { method: id ? "PUT" : "POST", body }),
    onMutate: ({ id, enabled }) => {
      if (id === undefined || enabled === undefined) return;
      const flip = (rule: Rule) => (rule.id === id ? { ...rule, enabled } : rule);
      client.setQueriesData<Rule[]>({ queryKey: ["rules", org] }, (rules) => rules?.map(flip));
      client.setQueriesData<Rule>({ queryKey: ["rule", org] }, (rule) => rule && flip(rule));
    },
    onSettled: () => refreshRules(client, org),
  });
}

/** Removes a rule. */
export function useDeleteRule(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(rulesPath(org, id), { method: "DELETE" }),
    // The page of the rule may still be shown: only the list is asked for again, not what is gone.
    onSuccess: () => client.invalidateQueries({ queryKey: ["rules", org] }),
  });
}

/** Mutes a rule for some minutes, or wakes it when `durationMinutes` is null. */
export function useSnoozeRule(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, durationMinutes }: { id: string; durationMinutes: number | null }) =>
      durationMinutes === null
        ? request(`${rulesPath(org, id)}snooze/`, { method: "DELETE" })
        : request(`${rulesPath(org, id)}snooze/`, { method: "POST", body: { durationMinutes } }),
    onSuccess: () => refreshRules(client, org),
  });
}

/** Sends a test message to every channel of a rule; the answer names the notifications to watch. */
export function useTestRule(org: string) {
  return useMutation({
    mutationFn: (id: string) =>
      request<{
        notifications: { id: string; channel: { id: string; name: string } | string; state: string }[];
      }>(`${rulesPath(org, id)}test/`, { method: "POST", body: {} }),
  });
}

function refreshRules(client: ReturnType<typeof useQueryClient>, org: string) {
  return Promise.all(["rules", "rule"].map((key) => client.invalidateQueries({ queryKey: [key, org] })));
}
