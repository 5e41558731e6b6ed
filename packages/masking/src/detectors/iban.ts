import type { Span } from "./detector.js";
import { isWordAt } from "./detector.js";

/** Country code and length of an account number, from the public IBAN registry (ISO 13616). */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 " +
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 " +
    "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 " +
    "SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const START = /[A-Z]{2}\d{2}/g;
const ACCOUNT_CHARACTER = /[A-Z0-9]/;

/** Finds IBANs in capitals, whole or in groups of four parted by single spaces, of the right length and check digits. */
export function findIbans(text: string, replacement: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const { index, 0: start } of text.matchAll(START)) {
    const length = LENGTHS.get(start.slice(0, 2));
    if (length === undefined || index < from || isWordAt(text, index - 1)) continue;
    const end = endOfIban(text, index, length);
    if (end === undefined) continue;
    spans.push({ start: index, end, replacement });
    from = end;
  }
  return spans;
}

function endOfIban(text: string, start: number, length: number): number | undefined {
  let account = "";
  let index = start;
  while (account.length < length) {
    const character = text[index] ?? "";
    if (!ACCOUNT_CHARACTER.test(character)) return undefined;
    account += character;
    index++;
    if (text[index] === " " && account.length % 4 === 0 && account.length < length) index++;
  }
  return !isWordAt(text, index) && hasValidCheckDigits(account) ? index : undefined;
}

/** The mod-97 check of ISO 7064: first four characters to the end, letters as 10–35, remainder 1. */
function hasValidCheckDigits(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
