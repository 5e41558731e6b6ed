import type { Span } from "./detector.js";
import { isDigitAt, isWordAt } from "./detector.js";

const MAX_DIGITS = 16;
const KEPT_DIGITS = 4;
const UUID_CHARACTERS = 36;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ANY_DIGIT = /\d/g;

/** Brand prefixes with the digit counts that brand issues: Amex, Visa, Mastercard (both ranges), Discover. */
const BRANDS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^4/, lengths: [13, 16] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16] },
];

/**
 * Finds card numbers of the four brands that pass the Luhn check, digits optionally parted by single spaces or
 * dashes. Parts of UUIDs, of decimal fractions and of longer words are left alone.
 */
export function findCreditCards(text: string, replace: (card: string) => string): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < text.length; index++) {
    if (!startsNumber(text, index)) continue;
    const end = endOfCard(text, index);
    if (end === undefined || isInsideUuid(text, index, end)) continue;
    spans.push({ start: index, end, replacement: replace(text.slice(index, end)) });
    index = end - 1;
  }
  return spans;
}

/** Stars out every digit but the last four and keeps spaces and dashes: `4111-1111-1111-1111` → `****-****-****-1111`. */
export function maskCreditCard(card: string): string {
  let hidden = (card.match(ANY_DIGIT)?.length ?? 0) - KEPT_DIGITS;
  return card.replaceAll(ANY_DIGIT, (digit) => (hidden-- > 0 ? "*" : digit));
}

/** True for a number that reads as a card number, such as 4111111111111111. */
export function isCreditCardNumber(value: number): boolean {
  if (!Number.isSafeInteger(value) || value < 1e12) return false;
  const digits = String(value);
  return endOfCard(digits, 0) === digits.length;
}

function startsNumber(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 50 || code > 54) return false;
  if (isWordAt(text, index - 1)) return false;
  return !(text[index - 1] === "." && isDigitAt(text, index - 2));
}

/** Longest valid card number that starts at `start`; returns its end, or undefined. */
function endOfCard(text: string, start: number): number | undefined {
  let digits = "";
  let best: number | undefined;
  let index = start;
  while (digits.length < MAX_DIGITS && isDigitAt(text, index)) {
    digits += text[index];
    index++;
    if (digits.length >= 13 && !isWordAt(text, index) && isCardNumber(digits)) best = index;
    const separator = text[index];
    if ((separator === " " || separator === "-") && isDigitAt(text, index + 1)) index++;
  }
  return best;
}

function isCardNumber(digits: string): boolean {
  return (
    BRANDS.some((brand) => brand.lengths.includes(digits.length) && brand.prefix.test(digits)) &&
    passesLuhn(digits)
  );
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Looks only at the neighbourhood, so that a text full of candidates stays linear. */
function isInsideUuid(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - UUID_CHARACTERS);
  const around = text.slice(from, end + UUID_CHARACTERS);
  return [...around.matchAll(UUID)].some(
    ({ index }) => from + index <= start && end <= from + index + UUID_CHARACTERS,
  );
}
