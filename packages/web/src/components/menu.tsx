import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names.js";

/** A menu opened by a button (`trigger`, which must accept a ref). */
export function Menu(props: {
  readonly trigger: ReactNode;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? "start"}
          sideOffset={5}
          collisionPadding={8}
          className="floating z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto p-1"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** One line of a menu. */
export function MenuItem(props: {
  readonly onSelect?: () => void;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly danger?: boolean;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      disabled={props.disabled ?? false}
      onSelect={() => props.onSelect?.()}
      className={cx(
        "flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 outline-none select-none",
        "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-45",
        props.danger ? "text-error" : "text-ink",
      )}
    >
      {props.icon && <span className="text-ink-3">{props.icon}</span>}
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.hint && <span className="text-xs text-ink-3">{props.hint}</span>}
      {props.checked && <Check size={14} className="text-accent" aria-label="chosen" />}
    </DropdownMenu.Item>
  );
}

/** A quiet heading inside a menu. */
export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-3">
      {children}
    </DropdownMenu.Label>
  );
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
