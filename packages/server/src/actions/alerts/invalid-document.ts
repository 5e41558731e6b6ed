import { AppError } from "../../shared/app-error.js";

/** What is wrong with one place of a document; `path` as in `rules[2].when[0]`, empty for the document itself. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A rule, channel or whole file that cannot be taken, with every place that is wrong. Messages hold no secrets. */
export class InvalidDocument extends AppError {
  readonly problems: readonly Problem[];

  /** @param problems at least one */
  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    super("invalid", `${first ? describeProblem(first) : "The document is invalid."}${more}`);
    this.problems = problems;
  }
}

/** `rules[2].when[0]: is not one of …` */
export function describeProblem({ path, message }: Problem): string {
  return path === "" ? message : `${path}: ${message}`;
}
