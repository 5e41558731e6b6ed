/** Deeper than anything a client of the API sends, and shallow enough for whatever walks through a body. */
export const maxJsonDepth = 200;

const quote = 0x22;
const backslash = 0x5c;

/** Whether arrays and objects of a JSON text lie deeper than `maxJsonDepth` within each other. Linear; reads no values. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    if (isInText) {
      if (sign === backslash) at++;
      else if (sign === quote) isInText = false;
    } else if (sign === quote) {
      isInText = true;
    } else if (sign === 0x5b || sign === 0x7b) {
      if (++depth > maxJsonDepth) return true;
    } else if (sign === 0x5d || sign === 0x7d) {
      depth--;
    }
  }
  return false;
}
