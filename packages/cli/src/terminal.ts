import { styleText } from "node:util";

/** What a command reads and writes; nothing in the program touches the process but `main.ts`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colour the output: a terminal is looking and NO_COLOR is not set. */
  readonly hasColor: boolean;
  /** Results, to standard output; a line end is added. */
  print(text: string): void;
  /** Everything else, to standard error; a line end is added. */
  complain(text: string): void;
}

export type Style = "green" | "red" | "yellow" | "dim" | "bold";

/** Text in a colour where the terminal has colours, plain elsewhere. */
export function paint(terminal: Pick<Terminal, "hasColor">, style: Style, text: string): string {
  return terminal.hasColor ? styleText(style, text, { validateStream: false }) : text;
}
