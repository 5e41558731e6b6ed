const basePath = "/api/0";

/** A request the server refused or could not answer. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  /** The decoded error body, when there was one: field errors of forms live here. */
  readonly body: unknown;

  constructor(status: number, detail: string, body?: unknown) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

/** One page of a list: `next` is the cursor of the page after it, null at the end; `hits` the total when counted. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly hits: number | null;
}

/** A query parameter: lists are repeated, undefined and empty lists are left out. */
export type QueryValue = string | number | readonly string[] | undefined;

/** How a request is made; `body` is sent as JSON. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Builds `?a=1&b=2&b=3`, or an empty string when there is nothing to say. */
export function queryString(query: Readonly<Record<string, QueryValue>> = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** Reads the cursor of the next page from a Link header; null when this is the last page. */
export function nextCursor(link: string | null): string | null {
  for (const part of link?.split(",") ?? []) {
    if (!part.includes('rel="next"') || !part.includes('results="true"')) continue;
    return /cursor="([^"]+)"/.exec(part)?.[1] ?? null;
  }
  return null;
}

/** Calls the API below `/api/0`. Answers the decoded body; throws ApiError for every refusal. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return decode<T>(await send(basePath + path, options));
}

/** Like `request`, for lists that are paged by the Link header. */
export async function requestPage<T>(path: string, options: RequestOptions = {}): Promise<Page<T>> {
  const response = await send(basePath + path, options);
  const hits = response.headers.get("X-Hits");
  return {
    items: await decode<T[]>(response),
    next: nextCursor(response.headers.get("Link")),
    hits: hits === null ? null : Number(hits),
  };
}

/** Calls one of the sign-in endpoints, which live outside `/api/0` and answer errors as `{message}`. */
export async function requestAuth<T>(path: string, body: unknown): Promise<T> {
  return decode<T>(await send(`/api/auth${path}`, { method: "POST", body }));
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const method = options.method ?? "GET";
  const headers: Record<string, string> = { Accept: "application/json" };
  // The server refuses unsafe cookie requests without it: a foreign page cannot set this header.
  if (method !== "GET") headers["X-Requested-With"] = "vedette";
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path + queryString(options.query), {
    method,
    headers,
    credentials: "same-origin",
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The server cannot be reached.");
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  return new ApiError(response.status, detailOf(body) ?? `The server answered ${response.status}.`, body);
}

function detailOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  for (const key of ["detail", "message", "error"]) {
    const text = (body as Record<string, unknown>)[key];
    if (typeof text === "string" && text !== "") return text;
  }
  return null;
}

async function decode<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(response.status, "The server answered something that is not JSON.");
  }
}
