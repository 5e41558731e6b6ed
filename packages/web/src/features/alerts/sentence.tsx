import type { RuleDefinition } from "../../api/rule-definition.js";
import { ruleSentence } from "./rule-sentence.js";

/** A rule as a sentence, its author's choices stressed. */
export function Sentence({ rule }: { readonly rule: RuleDefinition }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {ruleSentence(rule).map((part, index) =>
        part.strong ? (
          <strong key={index} className="font-medium text-ink">
            {part.text}
          </strong>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
