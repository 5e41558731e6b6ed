import { useEffect, type ReactNode } from "react";
import { cx } from "./class-names.js";

/** Names the browser's tab while the component is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
}

/** The frame of a page: title, one line of explanation, actions at the right. */
export function Page(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly tabs?: ReactNode;
  readonly width?: "narrow" | "wide";
  readonly children: ReactNode;
}) {
  useTitle(props.title);
  return (
    <div
      className={cx(
        "mx-auto w-full px-4 pb-24 sm:px-6",
        props.width === "narrow" ? "max-w-[920px]" : "max-w-[1280px]",
      )}
    >
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pt-5 pb-4 sm:pt-7">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-[-0.018em] break-words">{props.title}</h1>
          {props.lead && <p className="mt-0.5 max-w-[96ch] text-ink-2">{props.lead}</p>}
        </div>
        {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
      </header>
      {props.tabs}
      {props.children}
    </div>
  );
}

/** Classes of a link inside `Tabs`; the current one is underlined. */
export const tabClass =
  "-mb-px border-b-2 border-transparent pb-2 font-medium whitespace-nowrap text-ink-2 hover:text-ink " +
  "data-[status=active]:border-accent data-[status=active]:text-ink";

/** A row of links that switch between the parts of a page. */
export function Tabs({ children }: { readonly children: ReactNode }) {
  return <nav className="mb-5 flex gap-5 overflow-x-auto border-b border-line">{children}</nav>;
}
