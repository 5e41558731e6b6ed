/** True for http and https addresses only: `javascript:`, `data:` and the rest never become links. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text)) return false;
  return URL.canParse(text);
}
