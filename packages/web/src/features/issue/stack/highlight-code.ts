export type CodeTone = "plain" | "keyword" | "string" | "number" | "comment";

/** A piece of a line of code and its tone. */
export interface CodePiece {
  readonly text: string;
  readonly tone: CodeTone;
}

const keywords = new Set(
  (
    "abstract as async await bool boolean break case catch class const continue def defer delete do elif else end enum " +
    "except export extends false final finally fn for foreach from func function go if impl implements import in " +
    "instanceof interface is lambda let loop match mod module mut namespace new nil None not null package pass private " +
    "protected pub public raise require rescue return self static struct super switch then this throw throws trait true " +
    "True False try type typeof undefined unless use using val var void when where while with yield"
  ).split(" "),
);
const maxLineLength = 2_000;
const pieces =
  /(\/\/.*|#(?![[{]).*|\/\*.*?\*\/)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|(\b\d[\w.]*\b)|([A-Za-z_$][\w$]*)|([^\w$"'`/#]+|.)/g;

/**
 * Colours a line of code in a way that is right often enough in every language, and never wrong in a way that
 * hides text: the pieces always add up to the line. Very long lines (minified code) are left plain.
 */
export function highlightCode(line: string): CodePiece[] {
  if (line.length > maxLineLength) return [{ text: line, tone: "plain" }];
  return Array.from(line.matchAll(pieces), ([text, comment, string, number, word]) => ({
    text,
    tone: comment
      ? "comment"
      : string
        ? "string"
        : number
          ? "number"
          : word && keywords.has(word)
            ? "keyword"
            : "plain",
  }));
}
