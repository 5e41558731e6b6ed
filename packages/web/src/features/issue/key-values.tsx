import { ValueView } from "./value-view.js";

/** Pairs of names and values, one a line. Wraps on narrow screens. */
export function KeyValues({ entries }: { readonly entries: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className="font-mono text-[12px] leading-[19px]">
      {entries.map(([key, value], index) => (
        <div
          key={`${key}-${index}`}
          className="grid gap-x-4 rounded-[4px] py-[3px] grid-cols-[minmax(0,1fr)] sm:grid-cols-[minmax(84px,168px)_minmax(0,1fr)]"
        >
          <dt className="[overflow-wrap:anywhere] text-ink-3">{key}</dt>
          <dd className="min-w-0 text-ink">
            <ValueView value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
