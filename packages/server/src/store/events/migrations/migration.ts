import type { TableDialect } from "../port.js";

/** One step of the event store's schema. A step that has been released is never changed; a new one is added. */
export interface EventMigration {
  /** Place in the order, from 1, without gaps. */
  readonly version: number;
  readonly name: string;
  /** DDL in order. Each statement must do nothing when repeated, since a crash between two repeats the step. */
  statements(dialect: TableDialect): readonly string[];
}
