/** Vedette's mark: a line of riders, and the one posted ahead of it. Decorative; the wordmark carries the name. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="shrink-0 text-accent">
      <path
        d="M3.5 9.5 12 20l8.5-10.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="12" cy="6.2" r="2.7" className="fill-lamp" />
    </svg>
  );
}

/** Mark and name side by side. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark />
      <span className="text-[15.5px] font-semibold tracking-[-0.025em] text-ink">vedette</span>
    </span>
  );
}
