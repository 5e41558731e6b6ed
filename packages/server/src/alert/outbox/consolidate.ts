import type { NotificationPayload } from "../../domain/notification.js";
import type { Decision } from "../decide-batch.js";

/** One message for one channel: of the rule that fired first, and of those that join it. */
export interface Letter {
  readonly channelId: number;
  /** The rule whose history owns the message. */
  readonly decision: Decision;
  readonly historyId: number;
  readonly payload: NotificationPayload;
}

/**
 * Gathers what a batch has to say, so that several rules about one issue make one message per channel (S0.8). A rule
 * that fires twice for the issue in a batch speaks twice: its second firing begins a new message.
 */
export class Letters {
  readonly #letters: Letter[] = [];
  /** The newest message by issue and channel, by its place in the list. */
  readonly #open = new Map<string, number>();

  /** @returns the history id of the rule that owns the message, when this firing joined one; else null */
  add(letter: Letter): number | null {
    const key = `${letter.decision.issue.facts.id}/${letter.channelId}`;
    const place = this.#open.get(key);
    const owner = place === undefined ? undefined : this.#letters[place];
    if (place === undefined || !owner || speaks(owner.payload, letter.payload.rule.id)) {
      this.#open.set(key, this.#letters.length);
      this.#letters.push(letter);
      return null;
    }
    this.#letters[place] = { ...owner, payload: joined(owner.payload, letter.payload) };
    return owner.historyId;
  }

  /** In the order in which they were begun. */
  all(): readonly Letter[] {
    return this.#letters;
  }
}

function speaks(payload: NotificationPayload, ruleId: number | null): boolean {
  return payload.rule.id === ruleId || (payload.alsoRules ?? []).some(({ id }) => id === ruleId);
}

const maxTagKeys = 20;

/** Everybody's tags and mentions, the first one's event and figures, and a runbook if any rule has one. */
function joined(first: NotificationPayload, next: NotificationPayload): NotificationPayload {
  const { id, name, owner, runbook } = next.rule;
  const mention = joinWords(first.mention, next.mention);
  return {
    ...first,
    rule: { ...first.rule, ...(first.rule.runbook === undefined && runbook !== undefined && { runbook }) },
    alsoRules: [
      ...(first.alsoRules ?? []),
      { id, name, reason: next.reason, ...(owner === undefined ? {} : { owner }) },
    ],
    tagKeys: [...new Set([...first.tagKeys, ...next.tagKeys])].slice(0, maxTagKeys),
    ...(mention !== "" && { mention }),
  };
}

function joinWords(...texts: readonly (string | undefined)[]): string {
  return [...new Set(texts.flatMap((text) => (text ?? "").split(/\s+/)))].filter(Boolean).join(" ");
}
