import { Switch as RadixSwitch } from "radix-ui";
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";
import { cx } from "./class-names.js";

/** A labelled form row; `children` gets the id that ties label and control together. */
export function Field(props: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {props.label}
      </label>
      {props.children(id)}
      {props.error ? (
        <p role="alert" className="mt-1 text-xs text-error">
          {props.error}
        </p>
      ) : (
        props.hint && <p className="mt-1 text-xs text-ink-3">{props.hint}</p>
      )}
    </div>
  );
}

/** A text box. */
export function TextInput({ className, ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input className={cx("field", className)} {...rest} />;
}

/** A choice from a short list, as the platform draws it. */
export function Select(
  props: SelectHTMLAttributes<HTMLSelectElement> & {
    readonly options: readonly (readonly [value: string, label: string])[];
  },
) {
  const { options, className, ...rest } = props;
  return (
    <select className={cx("field cursor-pointer pr-7", className)} {...rest}>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** An on/off switch that acts at once. */
export function Switch(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly disabled?: boolean;
}) {
  return (
    <RadixSwitch.Root
      checked={props.checked}
      onCheckedChange={props.onChange}
      disabled={props.disabled ?? false}
      aria-label={props.label}
      className="inline-flex h-[18px] w-8 shrink-0 items-center rounded-full bg-line-strong p-[2px] transition-colors data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="size-[14px] rounded-full bg-white shadow-card transition-transform data-[state=checked]:translate-x-[14px] dark:data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  );
}

/** A switch with its explanation beside it. */
export function SwitchRow(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly hint?: string;
}) {
  return (
    <div className="flex items-start justify-between gap-6 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">{props.label}</p>
        {props.hint && <p className="text-ink-3">{props.hint}</p>}
      </div>
      <span className="pt-0.5">
        <Switch checked={props.checked} onChange={props.onChange} label={props.label} />
      </span>
    </div>
  );
}
