import type { EventStore } from "../../store/port.js";
import type { TimeRange } from "../http/time-range.js";
import type { PageBounds } from "../http/send-page.js";
import { tagExpression } from "./tag-source.js";

export interface TagValue {
  readonly value: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface TagValuesQuestion extends PageBounds {
  readonly projectIds: readonly number[];
  readonly range: TimeRange;
  readonly key: string;
  /** Part of the value, in either case; empty for all. */
  readonly search: string;
}

/** Values of a tag in the projects' events of the range, the most frequent first. */
export async function readTagValues(
  events: EventStore,
  question: TagValuesQuestion,
): Promise<readonly TagValue[]> {
  if (question.projectIds.length === 0) return [];
  return events.query<TagValue>(
    `SELECT ${tagExpression(question.key)} AS value, count() AS count,
      toUnixTimestamp64Milli(min(timestamp)) AS firstSeen, toUnixTimestamp64Milli(max(timestamp)) AS lastSeen
    FROM events
    WHERE project_id IN {projects:Array(UInt64)}
      AND received_at >= {from:DateTime64(3, 'UTC')} AND timestamp < {to:DateTime64(3, 'UTC')}
      AND value != '' AND ({search:String} = '' OR positionCaseInsensitiveUTF8(value, {search:String}) > 0)
    GROUP BY value ORDER BY count DESC, value LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    {
      projects: question.projectIds,
      from: new Date(question.range.from),
      to: new Date(question.range.to),
      key: question.key,
      search: question.search,
      limit: question.limit,
      offset: question.offset,
    },
  );
}
