const marks: readonly (readonly [prefix: string, text: string, hue: number])[] = [
  ["javascript-nextjs", "Nx", 230],
  ["javascript-react", "Re", 215],
  ["javascript", "JS", 90],
  ["node", "No", 145],
  ["python", "Py", 245],
  ["go", "Go", 205],
  ["java", "Ja", 40],
  ["ruby", "Rb", 20],
  ["php", "Ph", 280],
  ["csharp", ".N", 300],
  ["dotnet", ".N", 300],
  ["rust", "Rs", 50],
];

/** A platform's two letters on its colour: no logos are loaded from anywhere. */
export function PlatformMark({
  platform,
  size = 20,
}: {
  readonly platform: string | null | undefined;
  readonly size?: number;
}) {
  const [, text, hue] = marks.find(([prefix]) => platform?.startsWith(prefix)) ?? ["", "··", 190];
  return (
    <span
      title={platform ?? "other"}
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.46,
        background: `oklch(0.6 0.1 ${hue} / 0.16)`,
        color: `oklch(from var(--ink) calc(l * 0.75 + 0.14) 0.09 ${hue})`,
      }}
      className="inline-grid shrink-0 place-items-center rounded-[5px] font-mono font-bold select-none"
    >
      {text}
    </span>
  );
}
