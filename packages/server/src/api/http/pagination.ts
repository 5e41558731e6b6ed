import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../shared/app-error.js";

/** A cursor as Sentry's clients pass it back: `value:offset:isPrevious` (web API sheet 1.2). */
export interface Cursor {
  readonly value: number;
  readonly offset: number;
  readonly isPrevious: boolean;
}

/** Reads `?cursor=`; absent means the beginning. @throws AppError invalid */
export function readCursor(text: string | undefined): Cursor {
  if (!text) return { value: 0, offset: 0, isPrevious: false };
  const match = /^(\d{1,15}):(\d{1,9}):([01])$/.exec(text);
  if (!match) throw new AppError("invalid", "Invalid cursor parameter.");
  return { value: Number(match[1]), offset: Number(match[2]), isPrevious: match[3] === "1" };
}

/** Page size asked for, clamped silently to 1…max: clients ask for up to 10,000 (web API sheet 4). */
export function readLimit(text: string | undefined, { fallback = 100, max = 100 } = {}): number {
  const asked = Number(text ?? fallback);
  return Number.isFinite(asked) && asked >= 1 ? Math.min(Math.floor(asked), max) : fallback;
}

/** Sets the Link header for a list read by offset. `publicUrl` makes the addresses absolute. */
export function sendLinks(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { publicUrl: string; offset: number; limit: number; hasMore: boolean },
): void {
  const url = new URL(request.url, page.publicUrl);
  url.searchParams.delete("cursor");
  const query = url.searchParams.toString().replaceAll(",", "%2C");
  const link = (cursor: string, rel: string, results: boolean) =>
    `<${page.publicUrl}${url.pathname}?${query}&cursor=${cursor}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  const previous = `0:${Math.max(page.offset - page.limit, 0)}:1`;
  const next = `0:${page.offset + page.limit}:0`;
  void reply.header(
    "Link",
    `${link(previous, "previous", page.offset > 0)}, ${link(next, "next", page.hasMore)}`,
  );
}
