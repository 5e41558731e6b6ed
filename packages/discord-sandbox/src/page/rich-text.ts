import { element, externalLink } from "./elements.js";
import { parseMarkdown, type MarkdownNode, type Wrapper } from "./markdown.js";
import { formatTime, relativeTime } from "./times.js";

const WRAPPERS: Readonly<Record<Wrapper, readonly [tag: keyof HTMLElementTagNameMap, className: string]>> = {
  bold: ["strong", ""],
  italic: ["em", ""],
  underline: ["u", ""],
  strike: ["s", ""],
  spoiler: ["span", "spoiler"],
  quote: ["blockquote", ""],
  heading: ["div", "heading"],
  subtext: ["div", "subtext"],
  listItem: ["div", "list-item"],
};

/** Turns Discord's markdown into elements. */
export function richText(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(source).map(toNode));
  return fragment;
}

/** Writes the relative times of the page anew. */
export function refreshTimes(root: ParentNode, nowMs: number): void {
  for (const node of root.querySelectorAll<HTMLElement>("time[data-relative]")) {
    node.textContent = relativeTime(Number(node.dataset["relative"]), nowMs);
  }
}

function toNode(node: MarkdownNode): Node | string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return element("code", "inline", node.text);
    case "codeBlock":
      return codeBlock(node.text, node.language);
    case "time":
      return timeNode(node.seconds, node.style);
    case "mention":
      return element("span", "mention", node.text);
    case "link":
      return externalLink(node.url, "", ...node.children.map(toNode));
    default: {
      const [tag, className] = WRAPPERS[node.kind];
      return element(tag, className, ...node.children.map(toNode));
    }
  }
}

function codeBlock(text: string, language: string): HTMLElement {
  const block = element("pre", "code-block", element("code", "", ...highlight(text, language)));
  if (language !== "") block.dataset["language"] = language;
  return block;
}

/** Enough colour to read by: strings, comments, numbers, words of the language. `diff` colours whole lines. */
function highlight(text: string, language: string): readonly (Node | string)[] {
  if (language === "") return [text];
  if (language === "diff") {
    return text.split(/(?<=\n)/).map((line) => {
      const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
      return element("span", kind, line);
    });
  }
  const pattern =
    /(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<comment>\/\/[^\n]*|#[^\n]*)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>\b(?:at|async|await|throw|new|return|const|let|function|class|import|from|def|raise|in|if|else|File|line|null|true|false|undefined|None|SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|AND|OR)\b)/g;
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index));
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "";
    parts.push(element("span", `hl-${kind}`, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function timeNode(seconds: number, style: string): HTMLElement {
  const isRelative = style === "R";
  const node = element(
    "time",
    "stamp",
    isRelative ? relativeTime(seconds, Date.now()) : formatTime(seconds, style),
  );
  node.title = formatTime(seconds, "F");
  if (isRelative) node.dataset["relative"] = String(seconds);
  return node;
}
