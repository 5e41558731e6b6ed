import type { Selectable } from "kysely";
import type { IssueTable } from "../../store/meta/schema.js";

export type IssueRow = Selectable<IssueTable>;
