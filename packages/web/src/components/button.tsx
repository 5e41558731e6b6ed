import type { ButtonHTMLAttributes, Ref } from "react";
import { cx } from "./class-names.js";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "icon";

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent shadow-card",
  secondary: "bg-surface text-ink border-line-strong hover:bg-hover hover:border-ink-3/60 shadow-card",
  ghost: "bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-surface text-error border-error/40 hover:bg-error-soft shadow-card",
};
const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: "h-7 px-2.5 text-xs gap-1.5",
  md: "h-8 px-3 text-sm gap-1.5",
  icon: "size-7 justify-center",
};

/** Classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "sm"): string {
  return cx(
    "inline-flex shrink-0 items-center rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 disabled:opacity-50 data-[state=open]:bg-hover [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
  );
}

/** What a button takes besides the attributes of the HTML element. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button; never submits a form unless told to. */
export function Button({ variant, size, className, ...rest }: ButtonProps) {
  return <button type="button" className={cx(buttonClass(variant, size), className)} {...rest} />;
}

/** A square button that shows only an icon: `label` names it for everybody who cannot see it. */
export function IconButton({ label, ...rest }: ButtonProps & { readonly label: string }) {
  return <Button variant="ghost" size="icon" aria-label={label} title={label} {...rest} />;
}
