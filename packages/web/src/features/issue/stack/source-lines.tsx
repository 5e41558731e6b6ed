import { cx } from "../../../components/class-names.js";
import { highlightCode, type CodeTone } from "./highlight-code.js";

const tones: Readonly<Record<CodeTone, string | undefined>> = {
  plain: undefined,
  keyword: "text-code-keyword",
  string: "text-code-string",
  number: "text-code-number",
  comment: "text-code-comment italic",
};

/** Lines of source around the failing one, which is marked. Plain text throughout: event data is untrusted. */
export function SourceLines(props: {
  readonly lines: readonly (readonly [number, string | null])[];
  readonly current: number | null | undefined;
}) {
  return (
    <div className="overflow-x-auto py-1.5 font-mono text-[12px] leading-[20px]">
      <div className="min-w-max">
        {props.lines.map(([number, text]) => {
          const here = number === props.current;
          return (
            <div
              key={number}
              className={cx("flex", here && "bg-error-soft")}
              aria-current={here ? "location" : undefined}
            >
              <span
                className={cx(
                  "nums sticky left-0 w-14 shrink-0 border-l-2 pr-4 text-right select-none",
                  here
                    ? "border-error bg-error-soft font-medium text-error"
                    : "border-transparent bg-sunken text-ink-3",
                )}
              >
                {number}
              </span>
              <code className="pr-6 whitespace-pre text-ink">
                {highlightCode(text ?? "").map((piece, index) => (
                  <span key={index} className={tones[piece.tone]}>
                    {piece.text}
                  </span>
                ))}
              </code>
            </div>
          );
        })}
      </div>
    </div>
  );
}
