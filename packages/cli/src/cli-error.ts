/** Something the person at the keyboard can act on; shown without a stack. `hint` says what to do next. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}
