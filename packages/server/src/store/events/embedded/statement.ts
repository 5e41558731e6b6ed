/** A request in ClickHouse's HTTP protocol, taken apart. */
export interface EngineRequest {
  readonly sql: string;
  /** Rows that follow an INSERT; empty for every other statement. */
  readonly data: Buffer;
  readonly database: string;
  readonly queryId: string;
  /** Placeholder name -> value, escaped as in TSV, as the protocol has it. */
  readonly params: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
}

/** An INSERT whose rows can be handed over as bytes. */
export interface RawInsert {
  /** The statement up to its rows. */
  readonly prefix: string;
  /** True for formats in which every line is a row. */
  readonly lineDelimited: boolean;
}

const COMMENTS_AND_BRACKETS = String.raw`(?:\s|\(|--[^\n]*\n|/\*[\s\S]*?\*/)*`;
const READ = new RegExp(`^${COMMENTS_AND_BRACKETS}(?:SELECT|WITH|SHOW|DESC|DESCRIBE|EXPLAIN|EXISTS)\\b`, "i");
// Text formats only: chDB takes the statement as text up to the rows.
const RAW_INSERT =
  /^\s*INSERT\s+INTO\s+[\w.`\s]+(?:\([\w\s,`]+\)\s*)?FORMAT\s+(JSONEachRow|JSONCompactEachRow|TabSeparated|CSV)\s*;?\s*$/i;

/** @returns true for a statement that only reads; it then runs with `readonly = 1`, so a wrong guess changes nothing */
export function isRead(sql: string): boolean {
  return READ.test(sql);
}

/** @returns the INSERT whose rows follow in the body, or undefined for any other statement */
export function parseRawInsert(sql: string): RawInsert | undefined {
  const format = RAW_INSERT.exec(sql)?.[1];
  if (format === undefined) {
    return undefined;
  }
  return { prefix: sql.trim().replace(/;$/, ""), lineDelimited: format.toUpperCase() !== "CSV" };
}

/**
 * Writes the statements that prepare a fresh session for a request: database, settings, parameters.
 *
 * Parameters go in as `SET param_x = '…'`, because chDB's own binding runs one query at a time per process. The protocol's
 * TSV escapes stay in place (the placeholder undoes them); only the SQL quoting is added. `readonly` comes last, since
 * nothing can be set after it.
 *
 * @throws Error when a name of a setting or parameter is no identifier
 */
export function sessionPrefix(request: EngineRequest, defaults: ReadonlyMap<string, string>): string {
  const settings = new Map([...defaults, ...request.settings, ["log_comment", request.queryId]]);
  for (const [name, value] of request.params) {
    settings.set(`param_${name}`, value);
  }
  settings.delete("readonly");
  const sets = [...settings].map(([name, value]) => `SET ${identifier(name)} = ${quote(value)};`);
  const readonly = isRead(request.sql) ? "SET readonly = 1;" : "";
  return `USE ${identifier(request.database)}; ${sets.join(" ")} ${readonly}`;
}

/** @returns the text as an SQL string literal */
export function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function identifier(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new Error(`"${name}" is no name of a setting, parameter or database`);
  }
  return name;
}
