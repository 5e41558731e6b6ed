/** A request as the mock sees it; `path` begins after /api/0 and ends with a slash. */
export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly scene: string;
}

/** `next` is the cursor of the next page: null on the last one, undefined for lists that are not paged. */
export interface MockAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly next?: string | null;
  readonly hits?: number;
}

/** What answers a request; `match` holds the parts of the path. */
export type Route = (request: MockRequest, match: RegExpExecArray) => MockAnswer;

/** Method, path and what answers. */
export type RouteTable = readonly (readonly [method: string, path: RegExp, route: Route])[];

/** Start of every path below an organisation. */
export const org = "^/organizations/[^/]+";

/** The time some minutes ago. */
export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
