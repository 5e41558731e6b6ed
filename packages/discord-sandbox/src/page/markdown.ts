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
export type Wrapper = "bold" | "italic" | "underline" | "strike" | "spoiler" | "quote" | "heading" | "subtext" | "listItem";

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
  { pattern: /\\([^\sA-Za-z0-9])/, read: (match) => ({ kind: "text", text: match[1] ?? "" }) },
  {
    pattern: /```(?:([\w+#-]+)\n)?([\s\S]+?)```/,
    read: (match) => ({ kind: "codeBlock", language: match[1] ?? "", text: (match[2] ?? "").replace(/^\n|\n$/g, "") }),
  },
  { pattern: /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, read: (match) => ({ kind: "code", text: (match[2] ?? "").trim() }) },
  wrapper("heading", /(?:^|(?<=\n))#{1,3} +([^\n]+)\n?/),
  wrapper("subtext", /(?:^|(?<=\n))-# +([^\n]+)\n?/),
  wrapper("quote", /(?:^|(?<=\n))> ([^\n]*)\n?/),
  wrapper("listItem", /(?:^|(?<=\n))[-*] +([^\n]+)\n?/),
  { pattern: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, read: (match) => ({ kind: "time", seconds: Number(match[1]), style: match[2] ?? "f" }) },
  { pattern: /<@&(\d{17,20})>/, read: (match) => ({ kind: "mention", text: `@role ${(match[1] ?? "").slice(-4)}` }) },
  { pattern: /<@!?(\d{17,20})>/, read: (match) => ({ kind: "mention", text: `@user ${(match[1] ?? "").slice(-4)}` }) },
  { pattern: /<#(\d{17,20})>/, read: (match) => ({ kind: "mention", text: `#${match[1]}` }) },
  { pattern: /@(everyone|here)/, read: (match) => ({ kind: "mention", text: `@${match[1]}` }) },
  {
    pattern: /\[((?:[^[\]\\]|\\.)+)\]\(<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?\)/,
    read: (match) => ({ kind: "link", url: match[2] ?? "", children: parseMarkdown(match[1] ?? "") }),
  },
  {
    pattern: /<?(https?:\/\/[^\s<>]+[^\s<>.,:;"')\]])>?/,
    read: (match) => ({ kind: "link", url: match[1] ?? "", children: [{ kind: "text", text: match[1] ?? "" }] }),
  },
  wrapper("bold", /\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/s),
  wrapper("underline", /__((?:\\.|[^\\])+?)__(?!_)/s),
  wrapper("italic", /\*((?:\\.|[^\s\\*])(?:(?:\\.|[^\\*])*(?:\\.|[^\s\\*]))?)\*(?!\*)/s),
  wrapper("italic", /(?<!\w)_((?:\\.|[^\\_])+)_(?!\w)/s),
  wrapper("strike", /~~((?:\\.|[^\\])+?)~~/s),
  wrapper("spoiler", /\|\|((?:\\.|[^\\])+?)\|\|/s),
];

/** Reads the part of Discord's markdown that its messages show; what does not fit stays as it is. */
export function parseMarkdown(source: string): readonly MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let rest = source;
  while (rest !== "") {
    const found = firstMatch(rest);
    if (!found) break;
    const { rule, match } = found;
    if (match.index > 0) nodes.push({ kind: "text", text: rest.slice(0, match.index) });
    nodes.push(rule.read(match));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== "") nodes.push({ kind: "text", text: rest });
  return nodes;
}

function firstMatch(text: string): { readonly rule: Rule; readonly match: RegExpExecArray } | undefined {
  let best: { readonly rule: Rule; readonly match: RegExpExecArray } | undefined;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match && (!best || match.index < best.match.index)) best = { rule, match };
  }
  return best;
}
