import { AllowedMentionsTypes, type APIAllowedMentions } from "discord-api-types/v10";

/** What stands in `content` and whom it may notify. */
interface Mentioning {
  readonly text: string;
  readonly allowed: APIAllowedMentions;
}

const maxMentions = 20;

/**
 * Turns a rule's mention into text and the exact list of whom it may reach. Everybody else stays quiet whatever the
 * rest of the message says: https://discord.com/developers/docs/resources/message#allowed-mentions-object
 *
 * @param mention words as in domain/rule.ts; words of another shape are left out
 */
export function mentioning(mention: string | undefined): Mentioning {
  const words = [...new Set((mention ?? "").split(/\s+/))]
    .filter((word) => /^(@here|@everyone|<@&?\d{17,20}>)$/.test(word))
    .slice(0, maxMentions);
  const ids = (pattern: RegExp): string[] => words.flatMap((word) => pattern.exec(word)?.[1] ?? []);
  const roles = ids(/^<@&(\d+)>$/);
  const users = ids(/^<@(\d+)>$/);
  const broad = words.some((word) => word.startsWith("@"));
  return {
    text: words.join(" "),
    allowed: {
      parse: broad ? [AllowedMentionsTypes.Everyone] : [],
      ...(roles.length > 0 && { roles }),
      ...(users.length > 0 && { users }),
    },
  };
}
