/** Entries of one memo; with two texts of some 100 characters each, a full one holds about 2 MB. */
const MAX_ENTRIES = 8_000;

/** Longer names are cut: nobody tells two functions apart by their 500th character, and it bounds the regexes. */
const MAX_INPUT_CHARS = 400;

function memo<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return function remembered(text: string): T {
    const key = text.length > MAX_INPUT_CHARS ? text.slice(0, MAX_INPUT_CHARS) : text;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = compute(key);
    if (known.size >= MAX_ENTRIES) known.clear();
    known.set(key, result);
    return result;
  };
}

/**
 * Remembers results of a pure text function: a service sends the same few thousand names over and over.
 * The input is cut to 400 characters first. When full it starts over, which costs less than keeping an order.
 * README.md of the folder above has the measurement.
 */
export function memoText(compute: (text: string) => string): (text: string) => string {
  return memo(compute);
}

/** The same for a pattern; the empty text never matches. */
export function memoTest(pattern: RegExp | undefined): (text: string) => boolean {
  if (!pattern) return () => false;
  const test = memo((text) => pattern.test(text));
  return (text) => text !== "" && test(text);
}
