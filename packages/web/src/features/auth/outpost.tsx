const ridges = [
  "M0 470 C120 400 210 430 330 372 S560 300 690 352 880 420 1000 360 V700 H0Z",
  "M0 560 C140 500 260 540 400 478 S640 430 760 470 900 520 1000 476 V700 H0Z",
  "M0 640 C160 600 300 630 460 586 S760 560 1000 596 V700 H0Z",
] as const;

/** A quiet picture: hills at dusk and one lamp far ahead. Decorative. */
export function Outpost() {
  return (
    <div className="relative hidden overflow-hidden bg-[oklch(0.26_0.045_195)] lg:block" aria-hidden="true">
      <svg viewBox="0 0 1000 700" preserveAspectRatio="xMidYMax slice" className="absolute inset-0 size-full">
        <defs>
          <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="oklch(0.24 0.04 205)" />
            <stop offset="0.36" stopColor="oklch(0.42 0.062 188)" />
            <stop offset="0.6" stopColor="oklch(0.66 0.075 150)" />
          </linearGradient>
          <radialGradient id="glow">
            <stop offset="0" stopColor="oklch(0.86 0.14 75)" stopOpacity="0.75" />
            <stop offset="0.25" stopColor="oklch(0.8 0.14 70)" stopOpacity="0.22" />
            <stop offset="1" stopColor="oklch(0.8 0.14 70)" stopOpacity="0" />
          </radialGradient>
        </defs>
        <rect width="1000" height="700" fill="url(#sky)" />
        <path d={ridges[0]} fill="oklch(0.36 0.055 190)" />
        <circle cx="690" cy="343" r="130" fill="url(#glow)" />
        <circle cx="690" cy="343" r="4.5" fill="oklch(0.9 0.12 80)" />
        <path d="M690 347 v14" stroke="oklch(0.24 0.03 200)" strokeWidth="2.5" />
        <path d={ridges[1]} fill="oklch(0.285 0.045 195)" />
        <path d={ridges[2]} fill="oklch(0.215 0.032 205)" />
      </svg>
      <p className="absolute top-8 right-9 max-w-[26ch] text-right text-[oklch(0.88_0.03_175)]">
        <span className="font-semibold text-white">vedette</span>, noun.
        <br />A sentry posted ahead of the army, to give the first warning.
      </p>
    </div>
  );
}
