/** Where a text will stand: Discord reads markdown in titles, descriptions and fields, not in authors and footers. */
type TextPlace = "markdown" | "plain";

/** Longer texts are cut before they are looked at: nothing shown is longer, and an event may hold megabytes. */
const maxReadLength = 8_192;
const zeroWidthSpace = "\u200B";

/** Controls, zero width and direction marks, tag characters: they hide, reorder or split text. Emoji need two of them. */
const invisible = /(?!\n|\r|\t|\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** A joiner is kept only inside an emoji. */
const looseJoiner =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
/** More than four marks on one letter only serve to cover the lines around it. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/** What Discord makes a mention, time, emoji, link or invite of, wherever it stands outside code. */
const active: readonly (readonly [RegExp, string])[] = [
  [/@(?=everyone|here)/gi, `@${zeroWidthSpace}`],
  [/<(?=[@#:/+&!A-Za-z])/g, `<${zeroWidthSpace}`],
  [/:(?=\/\/)/g, `:${zeroWidthSpace}`],
  [/(discord(?:app)?)(?=\.(?:gg|com|me|io|new|gift))/gi, `$1${zeroWidthSpace}`],
];

const markdownMarks = /[\\`*_~|[\]]/g;
/** Headings, quotes, lists and small print begin a line. */
const lineStart = /^(\s*)(#{1,3}(?=\s)|>|[-+](?=[\s#])|\d+(?=\.))/gm;

/**
 * Makes text from an event show as exactly the text it is: no markup, mention, link, time or invite, nothing
 * invisible. The one way for such text into a message; inside code use {@link escapeCode}.
 *
 * @returns well-formed text, longer than the input by the escapes; cut it afterwards with `cutText`
 */
export function escapeText(text: string, place: TextPlace = "markdown"): string {
  const inert = active.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    clean(text),
  );
  if (place === "plain") return inert.replace(/\s+/g, " ").trim();
  return inert
    .replace(markdownMarks, (mark) => `\\${mark}`)
    .replace(lineStart, (_all, space: string, mark: string) =>
      /\d$/.test(mark) ? `${space}${mark}${zeroWidthSpace}` : `${space}\\${mark}`,
    );
}

/** Text on one line of markdown, such as a title or a field's value. */
export function escapeLine(text: string): string {
  return escapeText(text.slice(0, maxReadLength).replace(/\s+/g, " ").trim());
}

/**
 * Makes text safe inside a code block. There Discord reads nothing but the closing fence, so only runs of
 * backticks are broken up; tabs stay.
 */
export function escapeCode(text: string): string {
  return clean(text).replace(/`(?=`)/g, `\`${zeroWidthSpace}`);
}

/** Text as code within a line. A backtick cannot be escaped there, so a look-alike stands in for it. */
export function inlineCode(text: string): string {
  const line = clean(text).replace(/\s+/g, " ").trim().replaceAll("`", "\u02CB");
  return line === "" ? "" : `\`${line}\``;
}

function clean(text: string): string {
  return text
    .slice(0, maxReadLength)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(invisible, "")
    .replace(looseJoiner, "")
    .replace(stackedMarks, "$1");
}
