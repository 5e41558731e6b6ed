import { useState } from "react";
import type { ExceptionValue } from "../../../api/events.js";
import { Badge } from "../../../components/badge.js";
import { Card } from "../../../components/card.js";
import { CopyButton } from "../../../components/copy-button.js";
import { Segmented } from "../../../components/segmented.js";
import { visibleText } from "../../../components/visible-text.js";
import { FrameList } from "./frame-list.js";
import { rawStack } from "./raw-stack.js";

type View = "own" | "full" | "raw";

const views = [
  ["own", "Your code"],
  ["full", "All frames"],
  ["raw", "Raw"],
] as const;

/** The chain of exceptions, the last one raised first, each with its stack. */
export function ExceptionSection({
  values,
  title,
}: {
  readonly values: readonly ExceptionValue[];
  readonly title: string;
}) {
  const [view, setView] = useState<View>("own");
  const [order, setOrder] = useState<"new" | "old">("new");
  const shown = order === "new" ? values.toReversed() : values;
  return (
    <Card
      id="stack"
      flush
      title={title}
      aside={
        <span className="flex flex-wrap items-center gap-2">
          {view !== "raw" && (
            <Segmented
              label="Order of frames"
              value={order}
              onChange={setOrder}
              options={[
                ["new", "Newest first"],
                ["old", "Oldest first"],
              ]}
            />
          )}
          <Segmented label="What to show" value={view} onChange={setView} options={views} />
          <CopyButton text={() => rawStack(values)} />
        </span>
      }
    >
      {view === "raw" ? (
        <pre className="overflow-x-auto bg-sunken p-4 font-mono text-[12px] leading-[19px] whitespace-pre">
          {rawStack(values)}
        </pre>
      ) : (
        shown.map((value, index) => (
          <ExceptionBlock
            key={`${order}-${index}`}
            value={value}
            position={
              order === "new" && index > 0
                ? "caused by"
                : order === "old" && index > 0
                  ? "which led to"
                  : null
            }
            newestFirst={order === "new"}
            full={view === "full"}
          />
        ))
      )}
    </Card>
  );
}

function ExceptionBlock(props: {
  readonly value: ExceptionValue;
  readonly position: string | null;
  readonly newestFirst: boolean;
  readonly full: boolean;
}) {
  const { value, position } = props;
  const frames = value.stacktrace?.frames ?? [];
  const handled = value.mechanism?.handled;
  return (
    <div className="border-b-4 border-sunken last:border-0">
      {(value.type || value.value) && (
        <div className="px-4 pt-3.5 pb-3">
          <div className="flex flex-wrap items-center gap-2">
            {position && <span className="text-xs text-ink-3">{position}</span>}
            <h3 className="text-base font-semibold tracking-[-0.01em] break-all">{value.type ?? "Error"}</h3>
            {handled === false && <Badge tone="error">Unhandled</Badge>}
            {handled === true && <Badge>Handled</Badge>}
            {value.mechanism?.type && value.mechanism.type !== "generic" && (
              <Badge>{value.mechanism.type}</Badge>
            )}
          </div>
          {value.value && <ExceptionMessage text={visibleText(value.value)} />}
        </div>
      )}
      {frames.length > 0 ? (
        <div className="border-t border-line">
          <FrameList
            key={String(props.full)}
            frames={frames}
            newestFirst={props.newestFirst}
            full={props.full}
          />
        </div>
      ) : (
        <p className="px-4 pb-4 text-ink-3">The SDK sent no stack trace with this one.</p>
      )}
    </div>
  );
}

const longMessage = 600;

function ExceptionMessage({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState(false);
  const long = text.length > longMessage;
  return (
    <p className="mt-1 font-mono text-[12.5px] leading-[19px] [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2">
      {long && !whole ? `${text.slice(0, longMessage)}… ` : text}
      {long && (
        <button
          type="button"
          className="font-sans text-accent hover:underline"
          onClick={() => setWhole(!whole)}
        >
          {whole ? " Show less" : `Show all ${text.length.toLocaleString("en")} characters`}
        </button>
      )}
    </p>
  );
}
