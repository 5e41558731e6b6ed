import { ArrowUpRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { visibleText } from "../../components/visible-text.js";
import { isWebAddress } from "./web-address.js";

const maxText = 1_500;
const maxChildren = 60;
const openDepth = 1;
const maxNamedKeys = 3;
const maxKeyLength = 40;

/** Any value of an event as coloured, foldable text. Masked values stand out; web addresses can be opened. */
export function ValueView({
  value,
  depth = 0,
}: {
  readonly value: unknown;
  readonly depth?: number;
}): ReactNode {
  if (typeof value === "string") return <TextValue text={visibleText(value)} />;
  if (typeof value === "number" || typeof value === "bigint")
    return <span className="nums text-code-number">{String(value)}</span>;
  if (typeof value === "boolean" || value === null || value === undefined) {
    return <span className="text-code-keyword">{String(value ?? "null")}</span>;
  }
  if (typeof value === "object") return <Collection value={value} depth={depth} />;
  return null;
}

function TextValue({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState(false);
  if (/^(\[Filtered\]|\*{3}MASKED\*{3})$/.test(text)) {
    return (
      <span className="rounded-[4px] bg-line px-1 text-ink-3" title="Removed before it was stored">
        {text}
      </span>
    );
  }
  const long = text.length > maxText;
  return (
    <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      {long && !whole ? (
        `${text.slice(0, maxText)}…`
      ) : text === "" ? (
        <span className="text-ink-3">(empty)</span>
      ) : (
        text
      )}
      {long && (
        <button type="button" className="ml-1 text-accent hover:underline" onClick={() => setWhole(!whole)}>
          {whole ? "less" : `all ${text.length.toLocaleString("en")} characters`}
        </button>
      )}
      {isWebAddress(text) && (
        <a
          href={text}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="ml-1 inline-block align-[-2px] text-accent"
          aria-label="Open the address in a new tab"
        >
          <ArrowUpRight size={13} />
        </a>
      )}
    </span>
  );
}

function Collection({ value, depth }: { readonly value: object; readonly depth: number }) {
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, setOpen] = useState(depth < openDepth && entries.length <= maxChildren);
  const [all, setAll] = useState(false);
  const [start, end] = isList ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return <span className="text-ink-3">{start + end}</span>;
  if (!open) {
    return (
      <button
        type="button"
        className="rounded-[4px] px-1 text-ink-3 ring-1 ring-line hover:text-ink"
        aria-expanded="false"
        onClick={() => setOpen(true)}
      >
        {start} {foldedText(value)} {end}
      </button>
    );
  }
  return (
    <span>
      <button
        type="button"
        className="text-ink-3 hover:text-ink"
        aria-expanded="true"
        aria-label="Fold"
        onClick={() => setOpen(false)}
      >
        {start}
      </button>
      <span className="block border-l border-line pl-3.5">
        {entries.slice(0, all ? undefined : maxChildren).map(([key, child]) => (
          <span key={key} className="block">
            {!isList && <span className="[overflow-wrap:anywhere] text-ink-3">{key}: </span>}
            <ValueView value={child} depth={depth + 1} />
          </span>
        ))}
        {!all && entries.length > maxChildren && (
          <button type="button" className="text-accent hover:underline" onClick={() => setAll(true)}>
            {entries.length - maxChildren} more
          </button>
        )}
      </span>
      <span className="text-ink-3">{end}</span>
    </span>
  );
}

/** What is behind a fold: the keys when they are few and short, otherwise how much there is. */
function foldedText(value: object): string {
  const keys = Object.keys(value);
  const many = keys.length === 1 ? "" : "s";
  if (Array.isArray(value)) return `${keys.length} item${many}`;
  const isShort = keys.length <= maxNamedKeys && keys.every((key) => key.length <= maxKeyLength);
  return isShort ? visibleText(keys.join(", ")) : `${keys.length} key${many}`;
}
