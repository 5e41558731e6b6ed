/** A piece of formatted text. Text is only ever text: nothing here is markup. */
export type MarkdownNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "codeBlock"; readonly text: string; readonly language: string }
  | { readonly kind: "time"; readonly seconds: number; readonly style: string }
  | { readonly kind: "mention"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly children: readonly MarkdownNode[] }
  | { readonly kind: Wrapper; readonly children: readonly MarkdownNode[] };

/** Kinds that only wrap others. */
export type Wrapper =
  | "bold"
  | "italic"
  | "underline"
  | "strike"
  | "spoiler"
  | "quote"
  | "heading"
  | "subtext"
  | "listItem";

interface Rule {
  readonly pattern: RegExp;
  read(match: RegExpExecArray): MarkdownNode;
}

const wrapper = (kind: Wrapper, pattern: RegExp): Rule => ({
  pattern,
  read: (match) => ({ kind, children: parseMarkdown(match[1] ?? "") }),
});

/** Tried in this order where several begin at the same place. */
const RULES: readonly Rule[] = [
  { pattern: /\\([^\sA-Za-z0-9])/g, read: (match) => ({ kind: "text", text: match[1] ?? "" }) },
  {
    pattern: /```(?:([\w+#-]+)\n)?([\s\S]+?)```/g,
    read: (match) => ({
      kind: "codeBlock",
      language: match[1] ?? "",
      text: (match[2] ?? "").replace(/^\n|\n$/g, ""),
    }),
  },
  {
    pattern: /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/g,
    read: (match) => ({ kind: "code", text: (match[2] ?? "").trim() }),
  },
  wrapper("heading", /(?:^|(?<=\n))#{1,3} +([^\n]+)\n?/g),
  wrapper("subtext", /(?:^|(?<=\n))-# +([^\n]+)\n?/g),
  wrapper("quote", /(?:^|(?<=\n))> ([^\n]*)\n?/g),
  wrapper("listItem", /(?:^|(?<=\n))[-*] +([^\n]+)\n?/g),
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/g,
    read: (match) => ({ kind: "time", seconds: Number(match[1]), style: match[2] ?? "f" }),
  },
  {
    pattern: /<@&(\d{17,20})>/g,
    read: (match) => ({ kind: "mention", text: `@role ${(match[1] ?? "").slice(-4)}` }),
  },
  {
    pattern: /<@!?(\d{17,20})>/g,
    read: (match) => ({ kind: "mention", text: `@user ${(match[1] ?? "").slice(-4)}` }),
  },
  { pattern: /<#(\d{17,20})>/g, read: (match) => ({ kind: "mention", text: `#${match[1]}` }) },
  { pattern: /@(everyone|here)/g, read: (match) => ({ kind: "mention", text: `@${match[1]}` }) },
  {
    pattern: /\[((?:[^[\]\\]|\\.)+)\]\(<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?\)/g,
    read: (match) => ({ kind: "link", url: match[2] ?? "", children: parseMarkdown(match[1] ?? "") }),
  },
  {
    pattern: /<?(https?:\/\/[^\s<>]+[^\s<>.,:;"')\]])>?/g,
    read: (match) => ({
      kind: "link",
      url: match[1] ?? "",
      children: [{ kind: "text", text: match[1] ?? "" }],
    }),
  },
  wrapper("bold", /\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/gs),
  wrapper("underline", /__((?:\\.|[^\\])+?)__(?!_)/gs),
  wrapper("italic", /\*((?:\\.|[^\s\\*])(?:(?:\\.|[^\\*])*(?:\\.|[^\s\\*]))?)\*(?!\*)/gs),
  wrapper("italic", /(?<!\w)_((?:\\.|[^\\_])+)_(?!\w)/gs),
  wrapper("strike", /~~((?:\\.|[^\\])+?)~~/gs),
  wrapper("spoiler", /\|\|((?:\\.|[^\\])+?)\|\|/gs),
];

/** Reads the part of Discord's markdown that its messages show; what does not fit stays as it is. */
export function parseMarkdown(source: string): readonly MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  const upcoming: Upcoming[] = RULES.map((rule) => ({ rule, match: undefined }));
  let position = 0;
  for (
    let found = nextMatch(upcoming, source, position);
    found;
    found = nextMatch(upcoming, source, position)
  ) {
    const { rule, match } = found;
    if (match.index > position) nodes.push({ kind: "text", text: source.slice(position, match.index) });
    nodes.push(rule.read(match));
    position = match.index + match[0].length;
  }
  if (position < source.length) nodes.push({ kind: "text", text: source.slice(position) });
  return nodes;
}

/** A rule's next match; undefined before it was looked for, null when there is none up to the end. */
interface Upcoming {
  readonly rule: Rule;
  match: RegExpExecArray | null | undefined;
}

/** The nearest match from the position on. A rule searches again only once its match lies behind: no text is slow. */
function nextMatch(
  upcoming: readonly Upcoming[],
  source: string,
  position: number,
): { readonly rule: Rule; readonly match: RegExpExecArray } | undefined {
  let best: { readonly rule: Rule; readonly match: RegExpExecArray } | undefined;
  for (const each of upcoming) {
    if (each.match === undefined || (each.match && each.match.index < position)) {
      each.rule.pattern.lastIndex = position;
      each.match = each.rule.pattern.exec(source);
    }
    const { rule, match } = each;
    if (match && (!best || match.index < best.match.index)) best = { rule, match };
  }
  return best;
}
