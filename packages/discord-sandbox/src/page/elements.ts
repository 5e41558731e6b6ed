/// <reference lib="dom" />

/** What can stand inside an element: elements, or text which stays text. */
export type Child = Node | string | false | null | undefined;

/** Builds an element of a class. Strings become text nodes, so no text can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  for (const child of children) if (child) node.append(child);
  return node;
}

/** A link to another site that opens apart. Only http and https become links; other addresses stay text. */
export function externalLink(url: string, className: string, ...children: readonly Child[]): HTMLElement {
  if (!/^https?:\/\//i.test(url)) return element("span", className, ...children);
  const link = element("a", className, ...children);
  link.href = url;
  link.target = "_blank";
  link.rel = "noreferrer noopener";
  link.title = url;
  return link;
}

/** An image which vanishes when it cannot be loaded. */
export function image(url: string, className: string, alt: string): HTMLImageElement {
  const node = element("img", className);
  node.alt = alt;
  node.loading = "lazy";
  node.referrerPolicy = "no-referrer";
  node.addEventListener("error", () => node.classList.add("broken"));
  node.src = url;
  return node;
}
