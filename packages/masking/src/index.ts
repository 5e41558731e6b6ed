export { maskCreditCard } from "./detectors/credit-card.js";
export { maskEmail } from "./detectors/email.js";
export type { MaskingStyle, ScrubberOptions } from "./options.js";
export type { RuleRemark } from "./replace-in-place.js";
export { compileScrubber } from "./scrubber.js";
export type { ScrubbedAttributes, ScrubbedEvent, Scrubber } from "./scrubber.js";
export { SENSITIVE_KEYS, isSensitiveKey } from "./sensitive-keys.js";
export type { Remark } from "./walk.js";
