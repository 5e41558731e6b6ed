import type { Selectable } from "kysely";
import type { IssueTable } from "../../store/meta/schema.js";
import type { PreparedEvent } from "../prepare/prepared.js";

export type IssueRow = Selectable<IssueTable>;

/** One issue's part of a batch. */
export interface IssueBatch {
  /** As it stood before the batch; for a new issue as just inserted, with no event counted yet. */
  readonly issue: IssueRow;
  readonly isNew: boolean;
  /** At least one, in order of arrival. */
  readonly events: readonly PreparedEvent[];
}
