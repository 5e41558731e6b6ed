import { useQuery } from "@tanstack/react-query";
import { environmentsQuery, membersQuery, releasesQuery } from "../../api/organization.js";
import { tagKeysQuery, tagValuesQuery } from "../../api/tags.js";
import type { Completion } from "./query-language.js";
import { searchKeys } from "./search-keys.js";

/** One line of the completion list. */
export interface Suggestion {
  readonly value: string;
  readonly meaning: string;
}

const maxSuggestions = 12;

/** Keys or values that fit what is being typed. `project` is where values of tags are looked up. */
export function useCompletions(where: {
  readonly org: string;
  readonly project: string | undefined;
  readonly completion: Completion;
  readonly open: boolean;
}): readonly Suggestion[] {
  const { org, project, completion, open } = where;
  const { kind, key, prefix } = completion;
  const wants = (name: string) => open && kind === "value" && key === name;
  const tags = useQuery({ ...tagKeysQuery(org), enabled: open });
  const environments = useQuery({ ...environmentsQuery(org), enabled: wants("environment") });
  const releases = useQuery({ ...releasesQuery(org), enabled: wants("release") || wants("firstRelease") });
  const members = useQuery({ ...membersQuery(org), enabled: wants("assigned") });
  const known = searchKeys.find((one) => one.key === key);
  const values = useQuery({
    ...tagValuesQuery({ org, project: project ?? "", key, query: prefix }),
    enabled:
      open &&
      kind === "value" &&
      project !== undefined &&
      key !== "" &&
      !known?.values &&
      !wants("environment"),
    retry: false,
  });
  if (kind === "key") {
    const listed = new Set(searchKeys.map((one) => one.key));
    const others = (tags.data ?? []).filter((tag) => !listed.has(tag.key));
    return matching(
      [
        ...searchKeys.map((one) => ({ value: one.key, meaning: one.meaning })),
        ...others.map((tag) => ({ value: tag.key, meaning: "tag" })),
      ],
      prefix,
    );
  }
  return matching(
    [
      ...(known?.values ?? []).map((value) => ({ value, meaning: "" })),
      ...(wants("environment")
        ? (environments.data ?? []).map((one) => ({ value: one.name, meaning: "" }))
        : []),
      ...(wants("release") || wants("firstRelease")
        ? (releases.data ?? []).map((one) => ({ value: one.version, meaning: "release" }))
        : []),
      ...(wants("assigned")
        ? (members.data ?? []).map((one) => ({ value: one.email, meaning: one.name }))
        : []),
      ...(values.data ?? []).map((one) => ({ value: one.value, meaning: one.count ? `${one.count}` : "" })),
    ],
    prefix,
  );
}

/** What begins with the typed text first, then what contains it. */
function matching(suggestions: readonly Suggestion[], prefix: string): readonly Suggestion[] {
  const text = prefix.toLowerCase();
  const starts = suggestions.filter((one) => one.value.toLowerCase().startsWith(text));
  const contains = suggestions.filter(
    (one) => !one.value.toLowerCase().startsWith(text) && one.value.toLowerCase().includes(text),
  );
  return [...starts, ...contains].slice(0, maxSuggestions);
}
