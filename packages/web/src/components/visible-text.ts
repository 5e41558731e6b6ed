const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Event text with its control characters made visible: what turns the direction of writing round could
 * otherwise make a file name or an address read as something else. Line ends and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(
    invisible,
    (sign) => `\u27e8${sign.codePointAt(0)?.toString(16).padStart(4, "0")}\u27e9`,
  );
}
