const maxLength = 80;

/**
 * The stable handle of a rule, made of its name: `Critical errors to Discord` is `critical-errors-to-discord`.
 *
 * @returns null when the name has neither letters nor digits
 */
export function ruleSlug(name: string): string | null {
  const slug = name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+/, "")
    .slice(0, maxLength)
    .replace(/-+$/, "");
  if (slug === "") return null;
  // Paths take an id or a slug: one must not look like the other.
  return /^\d+$/.test(slug) ? `rule-${slug}` : slug;
}
