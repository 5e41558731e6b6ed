import { useState } from "react";
import { Field } from "../../components/form.js";

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A list edited as lines of text. Keeps what is being typed, also blank lines, until the list changes from outside. */
export function LinesBox(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}) {
  const [text, setText] = useState(props.value.join("\n"));
  const outside = props.value.join("\n");
  if (linesOf(text).join("\n") !== outside) setText(outside);
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => (
        <textarea
          id={id}
          rows={3}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            props.onChange(linesOf(event.target.value));
          }}
          className="field h-auto! resize-y py-1.5! font-mono text-[12px]!"
        />
      )}
    </Field>
  );
}
