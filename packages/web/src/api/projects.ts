import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client.js";

/** Pairs of epoch seconds and a count, oldest first. */
export type Series = readonly (readonly [number, number])[];

/** A project as lists show it. */
export interface Project {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
  readonly dateCreated: string;
  /** When the first event came; null while none has. */
  readonly firstEvent: string | null;
  readonly environments: readonly string[];
  readonly stats24h?: Series;
  readonly unresolvedCount?: number;
  readonly latestRelease?: string | { readonly version: string } | null;
}

/** What ingest and process obey for one project. Mirrors the server's project settings. */
export interface ProjectSettings {
  readonly scrubData: boolean;
  readonly scrubDefaults: boolean;
  readonly scrubIpAddresses: boolean;
  readonly sensitiveFields: readonly string[];
  readonly safeFields: readonly string[];
  readonly maskStyle: "filtered" | "masked";
  readonly allowedDomains: readonly string[];
  readonly filters: {
    readonly browserExtensions: boolean;
    readonly legacyBrowsers: boolean;
    readonly localhost: boolean;
    readonly webCrawlers: boolean;
    readonly healthChecks: boolean;
    readonly chunkLoadErrors: boolean;
    readonly hydrationErrors: boolean;
    readonly ipAddresses: readonly string[];
    readonly releases: readonly string[];
    readonly errorMessages: readonly string[];
  };
  readonly rateLimitPerMinute: number | null;
  readonly retentionDays: number;
  readonly groupingAlgorithm: string;
}

/** A project with its settings. */
export interface ProjectDetail extends Project {
  readonly settings: ProjectSettings;
}

/** A client key; `id` equals the public key. */
export interface ProjectKey {
  readonly id: string;
  readonly name: string;
  readonly public: string;
  readonly isActive: boolean;
  readonly rateLimit: { readonly window: number; readonly count: number } | null;
  readonly dsn: Readonly<Record<string, string>> & { readonly public: string };
  readonly dateCreated: string;
}

/** Every project of the organisation. */
export function projectsQuery(org: string) {
  return queryOptions({
    queryKey: ["projects", org],
    queryFn: ({ signal }) => request<Project[]>(`/organizations/${org}/projects/`, { signal }),
    staleTime: 15_000,
  });
}

/** One project with settings. */
export function projectQuery(org: string, project: string) {
  return queryOptions({
    queryKey: ["project", org, project],
    queryFn: ({ signal }) => request<ProjectDetail>(`/projects/${org}/${project}/`, { signal }),
  });
}

/** A project's client keys. */
export function keysQuery(org: string, project: string) {
  return queryOptions({
    queryKey: ["keys", org, project],
    queryFn: ({ signal }) => request<ProjectKey[]>(`/projects/${org}/${project}/keys/`, { signal }),
  });
}

/** Every project of the organisation. */
export function useProjects(org: string) {
  return useQuery(projectsQuery(org));
}

/** Creates a project and remembers it in the list. */
export function useCreateProject(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; slug?: string; platform?: string }) =>
      request<Project>(`/organizations/${org}/projects/`, { method: "POST", body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["projects", org] }),
  });
}

/** Changes a project's name, platform or settings (partial). */
export function useUpdateProject(org: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { name?: string; platform?: string; settings?: Partial<ProjectSettings> }) =>
      request<ProjectDetail>(`/projects/${org}/${project}/`, { method: "PUT", body: input }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["project", org, project] }),
        client.invalidateQueries({ queryKey: ["projects", org] }),
      ]),
  });
}

/** Removes a project with everything in it. */
export function useDeleteProject(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (project: string) => request(`/projects/${org}/${project}/`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["projects", org] }),
  });
}

/** Adds, changes or removes a client key. Without `id` a key is made; with `remove` it is deleted. */
export function useSaveKey(org: string, project: string) {
  const client = useQueryClient();
  const base = `/projects/${org}/${project}/keys/`;
  return useMutation({
    mutationFn: (input: { id?: string; remove?: boolean; body?: Partial<Omit<ProjectKey, "id">> }) => {
      if (!input.id) return request(base, { method: "POST", body: input.body ?? {} });
      if (input.remove) return request(`${base}${input.id}/`, { method: "DELETE" });
      return request(`${base}${input.id}/`, { method: "PUT", body: input.body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys", org, project] }),
  });
}
