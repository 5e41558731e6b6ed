import { parseQuery } from "./query-language.js";

/** The search again, in colour, behind the transparent text of the input: keys quiet, values strong. */
export function SearchHighlight({
  text,
  scrollLeft,
}: {
  readonly text: string;
  readonly scrollLeft: number;
}) {
  const pieces = [];
  let at = 0;
  for (const token of parseQuery(text)) {
    if (token.from > at) pieces.push(text.slice(at, token.from));
    const value = token.to - token.value.length;
    if (token.kind === "text") pieces.push(token.text);
    else
      pieces.push(
        <span key={token.from} className="rounded-[4px] bg-accent-soft outline outline-2 outline-accent-soft">
          <span className={token.negated ? "text-error" : "text-accent"}>
            {text.slice(token.from, value)}
          </span>
          <span>{token.value}</span>
        </span>,
      );
    at = token.to;
  }
  pieces.push(text.slice(at));
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 flex h-9 items-center overflow-hidden rounded-md bg-surface pr-9 pl-9 shadow-card"
    >
      <div className="overflow-hidden">
        <div
          className="font-mono text-[12.5px] whitespace-pre text-ink"
          style={{ transform: `translateX(${-scrollLeft}px)` }}
        >
          {pieces}
        </div>
      </div>
    </div>
  );
}
