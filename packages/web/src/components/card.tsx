import type { ReactNode } from "react";
import { cx } from "./class-names.js";

/** A surface with a title row. `id` makes it a target of in-page links. */
export function Card(props: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly id?: string;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section
      id={props.id}
      className="min-w-0 scroll-mt-28 rounded-lg border border-line bg-surface shadow-card"
    >
      {props.title !== undefined && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
          <h2 className="text-sm font-semibold tracking-[-0.005em]">{props.title}</h2>
          {props.aside}
        </header>
      )}
      <div className={cx(!props.flush && "p-4")}>{props.children}</div>
    </section>
  );
}

/** A part of a sidebar: a quiet heading and what belongs to it. */
export function SideSection(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="border-b border-line py-4 first:pt-0 last:border-0">
      <header className="mb-2 flex items-center justify-between gap-2">
        <h2 className="text-xs font-semibold text-ink-2">{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}
