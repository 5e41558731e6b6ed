/** Platforms whose frames look alike share one set of rules. */
export type Family =
  | "python"
  | "javascript"
  | "java"
  | "go"
  | "ruby"
  | "php"
  | "dotnet"
  | "native"
  | "elixir"
  | "dart"
  | "perl"
  | "other";

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ["python", "python"],
  ["javascript", "javascript"],
  ["node", "javascript"],
  ["react-native", "javascript"],
  ["java", "java"],
  ["android", "java"],
  ["kotlin", "java"],
  ["groovy", "java"],
  ["scala", "java"],
  ["go", "go"],
  ["ruby", "ruby"],
  ["php", "php"],
  ["csharp", "dotnet"],
  ["dotnet", "dotnet"],
  ["fsharp", "dotnet"],
  ["vb", "dotnet"],
  ["rust", "native"],
  ["native", "native"],
  ["c", "native"],
  ["cpp", "native"],
  ["cocoa", "native"],
  ["objc", "native"],
  ["swift", "native"],
  ["elixir", "elixir"],
  ["erlang", "elixir"],
  ["dart", "dart"],
  ["flutter", "dart"],
  ["perl", "perl"],
]);

/**
 * The family of a frame: its own platform wins over the event's.
 * Rust reports itself as `native`, so native rules cover Rust, C, C++, Objective-C and Swift.
 */
export function familyOf(
  framePlatform: string | null | undefined,
  eventPlatform: string | null | undefined,
): Family {
  return FAMILIES.get(framePlatform || eventPlatform || "") ?? "other";
}
