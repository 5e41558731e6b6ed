import type { SecretBox } from "../../shared/secret-box.js";
import type { Meta } from "../../store/port.js";

/** What the stages behind the outbox know about rules and channels and actions may not import; wired by app. */
export interface AlertChecks {
  /** Problems of a definition beyond its shape, such as a pattern that does not compile: `if.0: tag "x" …`. */
  ruleProblems(definition: unknown): readonly string[];
  /** What keeps a channel from ever working, as a sentence without secrets; null when nothing does. */
  channelProblem(channel: {
    readonly type: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly secrets: Readonly<Record<string, unknown>>;
  }): string | null;
}

/** What actions on alerts work with. */
export interface AlertPorts {
  readonly meta: Meta;
  readonly secrets: SecretBox;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Absent: only shapes are checked. */
  readonly alertChecks?: AlertChecks;
}
