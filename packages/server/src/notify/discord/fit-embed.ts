import type { APIEmbed, APIEmbedField } from "discord-api-types/v10";
import { cutText } from "./cut-text.js";
import { LIMITS } from "./limits.js";

/** A field that may have to go: the one with the lowest `keep` goes first, of equals the last. */
export interface DraftField {
  readonly name: string;
  readonly value: string;
  readonly inline: boolean;
  readonly keep: number;
}

/** An embed before it is made to fit; texts are escaped already. */
interface EmbedDraft {
  readonly author: string;
  readonly title: string;
  readonly url: string | null;
  /** Paragraphs, the most important first; whole ones are left out from the end. */
  readonly paragraphs: readonly string[];
  readonly fields: readonly DraftField[];
  readonly footer: string;
  readonly color: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** Room for paragraphs; what is left of the 6,000 serves fields. */
const maxDescription = 2_400;

/**
 * Brings an embed within Discord's limits whatever it holds: each text is cut to its own limit, empty fields go,
 * then fields go by priority until the whole is at most 6,000 units. Together with `compose` the only place that cuts.
 */
export function fitEmbed(draft: EmbedDraft): APIEmbed {
  const title = cutText(draft.title, LIMITS.title) || "Untitled";
  const author = cutText(draft.author, LIMITS.author);
  const footer = cutText(draft.footer, LIMITS.footer);
  const description = fitParagraphs(draft.paragraphs);
  const used = title.length + author.length + footer.length + description.length;
  const fields = fitFields(draft.fields, LIMITS.embedTotal - used);
  return {
    title,
    ...(draft.url !== null && { url: draft.url }),
    ...(author !== "" && { author: { name: author } }),
    ...(description !== "" && { description }),
    ...(fields.length > 0 && { fields: [...fields] }),
    ...(footer !== "" && { footer: { text: footer } }),
    color: draft.color,
    ...(isDate(draft.timestamp) && { timestamp: new Date(draft.timestamp).toISOString() }),
  };
}

/** Only whole paragraphs are taken, since half a code block would swallow what follows; the first may be cut. */
function fitParagraphs(paragraphs: readonly string[]): string {
  let text = "";
  for (const paragraph of paragraphs.filter((each) => each.trim() !== "")) {
    const next = text === "" ? cutText(paragraph, maxDescription) : `${text}\n${paragraph}`;
    if (next.length <= maxDescription) text = next;
  }
  return text;
}

function fitFields(drafts: readonly DraftField[], room: number): readonly APIEmbedField[] {
  const kept = drafts
    .map((draft) => ({
      draft,
      field: {
        name: cutText(draft.name, LIMITS.fieldName),
        value: cutText(draft.value, LIMITS.fieldValue),
        inline: draft.inline,
      },
    }))
    .filter(({ field }) => field.name !== "" && field.value !== "");
  const size = () => kept.reduce((sum, { field }) => sum + field.name.length + field.value.length, 0);
  while (kept.length > 0 && (kept.length > LIMITS.fields || size() > room)) {
    const lowest = Math.min(...kept.map(({ draft }) => draft.keep));
    kept.splice(
      kept.findLastIndex(({ draft }) => draft.keep === lowest),
      1,
    );
  }
  return kept.map(({ field }) => field);
}

/** Years Discord's clients can show. */
function isDate(time: number): boolean {
  return Number.isFinite(time) && time >= 0 && time < 253_402_300_800_000;
}
