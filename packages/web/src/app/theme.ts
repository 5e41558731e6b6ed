import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const storageKey = "vedette-theme";
const order: readonly Theme[] = ["system", "light", "dark"];
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let theme = readTheme();

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return order.find((one) => one === stored) ?? "system";
  } catch {
    return "system";
  }
}

function show(): void {
  const dark = theme === "dark" || (theme === "system" && systemDark.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
}

systemDark.addEventListener("change", show);

function chooseTheme(next: Theme): void {
  theme = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage may be switched off: the choice then lasts until the page is reloaded.
  }
  show();
  for (const listener of listeners) listener();
}

/** The chosen theme and how to change it; `system` follows the operating system as it changes. */
export function useTheme(): readonly [theme: Theme, choose: (theme: Theme) => void] {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
  return [current, chooseTheme];
}
