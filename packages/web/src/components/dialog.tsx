import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button, IconButton } from "./button.js";
import { cx } from "./class-names.js";

/** A window above the page. Closes on Escape and on a click outside. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <RadixDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-[appear_120ms_ease-out_forwards] bg-[oklch(0.15_0.02_210/0.45)] opacity-0" />
        <RadixDialog.Content
          {...(props.description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-[rise_140ms_ease-out] flex-col",
            "rounded-xl border border-line bg-surface shadow-float focus:outline-none",
            props.wide ? "max-w-3xl" : "max-w-md",
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-1">
            <RadixDialog.Title className="text-lg font-semibold tracking-[-0.012em]">
              {props.title}
            </RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close">
                <X size={16} />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="overflow-y-auto px-5 pb-5">
            {props.description && (
              <RadixDialog.Description asChild>
                <div className="mb-4 text-ink-2">{props.description}</div>
              </RadixDialog.Description>
            )}
            {props.children}
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Asks before something that cannot be undone. The safe answer has the focus. */
export function ConfirmDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: ReactNode;
  readonly confirm: string;
  readonly onConfirm: () => void;
}) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
    >
      <div className="flex justify-end gap-2">
        <Button size="md" autoFocus onClick={() => props.onOpenChange(false)}>
          Cancel
        </Button>
        <Button
          size="md"
          variant="danger"
          onClick={() => {
            props.onConfirm();
            props.onOpenChange(false);
          }}
        >
          {props.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
