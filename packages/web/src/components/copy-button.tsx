import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "./button.js";

const confirmationMs = 1_400;

/** Puts text on the clipboard and says so. With `label` a full button, without an icon only. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string | (() => string);
  readonly label?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(typeof text === "string" ? text : text());
    setCopied(true);
    setTimeout(() => setCopied(false), confirmationMs);
  };
  const icon = copied ? <Check size={14} className="text-good" /> : <Copy size={14} />;
  if (label === undefined) {
    return (
      <IconButton label={copied ? "Copied" : "Copy"} onClick={() => void copy()}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Button onClick={() => void copy()}>
      {icon}
      {copied ? "Copied" : label}
    </Button>
  );
}
