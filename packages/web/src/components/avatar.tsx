import { CircleDashed } from "lucide-react";

const hues = [178, 245, 25, 300, 75, 135, 345, 210] as const;

/** A person's initials on a colour of their own; a dashed ring when there is nobody. */
export function Avatar({ name, size = 22 }: { readonly name: string | null; readonly size?: number }) {
  if (name === null)
    return <CircleDashed size={size - 2} strokeWidth={1.5} className="text-ink-3/70" aria-label="Nobody" />;
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const initials = ((words[0]?.[0] ?? "?") + (words[1]?.[0] ?? "")).toUpperCase();
  const hue =
    hues[Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % hues.length];
  return (
    <span
      title={name}
      role="img"
      aria-label={name}
      style={{ width: size, height: size, fontSize: size * 0.42, background: `oklch(0.52 0.09 ${hue})` }}
      className="inline-grid shrink-0 place-items-center rounded-full font-semibold text-white select-none"
    >
      {initials}
    </span>
  );
}
