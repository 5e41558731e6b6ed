import { AppError } from "../../shared/app-error.js";

const maxSlugLength = 50;
const slugRule =
  "Enter a slug of at most 50 lower-case letters, digits, hyphens or underscores that is not only digits.";

/**
 * A slug as given, when it may serve as one. Only digits would be taken for an id in paths.
 *
 * @throws AppError invalid
 */
export function checkSlug(slug: string): string {
  if (/^(?!\d+$)[a-z0-9][a-z0-9_-]*$/.test(slug) && slug.length <= maxSlugLength) return slug;
  throw new AppError("invalid", slugRule, { slug: [slugRule] });
}

/** A slug made of a name: `Zürich Shop!` is `zurich-shop`. A name without Latin letters or digits gives `project`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength - 4)
    .replaceAll(/^-+|-+$/g, "");
  if (slug === "") return "project";
  return /^\d+$/.test(slug) ? `project-${slug}` : slug;
}
