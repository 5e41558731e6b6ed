/** Attributes of events that people search like tags, and their columns. */
const attributeColumns: ReadonlyMap<string, string> = new Map([
  ["user.id", "user_id"],
  ["user.email", "user_email"],
  ["user.username", "user_username"],
  ["user.ip", "user_ip"],
  ["error.type", "exception_type"],
  ["error.value", "exception_value"],
  ["http.method", "http_method"],
  ["platform", "platform"],
  ["message", "message"],
  ["title", "title"],
  ["sdk.version", "sdk_version"],
  ["trace", "trace_id"],
]);

/** SQL for the text of a tag or attribute of an event; the key travels as the parameter `key`. Absent is empty. */
export function tagExpression(key: string): string {
  return attributeColumns.get(key) ?? "tags[{key:String}]";
}
