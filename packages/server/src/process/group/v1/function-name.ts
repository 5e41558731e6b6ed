import { dotnetFunction, goFunction, javaFunction, phpFunction } from "./function-name-managed.js";
import { nativeFunction } from "./function-name-native.js";
import { memoText } from "./memo.js";
import type { Family } from "./platform.js";

/** Stands for every function without a name of its own. */
export const ANONYMOUS = "<anonymous>";

const JAVASCRIPT_ANONYMOUS =
  /^(?:|\?|<anonymous>|<unknown>|anonymous|eval|eval code|global code|module code|<computed>|<instance_members_initializer>|value)$/;

function javascriptFunction(name: string): string {
  const plain = name
    .replace(/^(?:async\*?|new|get|set|function|bound) +/, "")
    .replace(/^async\*/, "")
    .replace(/ \[as [^\]]*\]$/, "")
    .replace(/[/<*]+$/, "")
    .replace(/\/<.*$/, "");
  // Chrome says Cart.add or Object.add where Firefox and Safari say add; the file tells classes apart.
  const last = plain.slice(plain.lastIndexOf(".") + 1);
  return JAVASCRIPT_ANONYMOUS.test(last) ? ANONYMOUS : last.replace(/\$\d+$/, "");
}

function pythonFunction(name: string): string {
  return name
    .replaceAll("<locals>.", "")
    .replace(/(?:^|\.)<(?:listcomp|dictcomp|setcomp|genexpr)>$/, "<comprehension>")
    .replaceAll("<lambda>", ANONYMOUS);
}

function rubyFunction(name: string): string {
  const quoted = name.replace(/^['`]|'$/g, "");
  const block = /^(?:block|rescue|ensure)\b/.test(quoted);
  const outer = quoted.replace(/^(?:(?:block(?: \(\d+ levels?\))?|rescue|ensure)(?: in |$))+/, "");
  // Ruby 3.4 writes User#save where older ones write save; the file tells classes apart.
  const method = outer.startsWith("<")
    ? outer
    : outer.slice(Math.max(outer.lastIndexOf("#"), outer.lastIndexOf(".")) + 1);
  const stable = method.replace(/_{2,}\d+_\d+$/, "");
  return block ? `${stable}.${ANONYMOUS}` : stable;
}

function elixirFunction(name: string): string {
  return name
    .replace(/^anonymous fn\/\d+ in (.*)$/, `$1.${ANONYMOUS}`)
    .replace(/^"?-(.*?)\/(\d+)-(?:fun|lc|inlined)-\d+-"?(?:\/\d+)?$/, `$1/$2.${ANONYMOUS}`);
}

function dartFunction(name: string): string {
  return name
    .replaceAll("<anonymous closure>", ANONYMOUS)
    .replaceAll("<fn>", ANONYMOUS)
    .replace(/^new /, "")
    .replace(/<(?!anonymous)[^<>]*>/g, "");
}

function perlFunction(name: string): string {
  return name.replace(/__ANON__(?:\[[^\]]*\])?$/, ANONYMOUS);
}

function otherFunction(name: string): string {
  return name.replace(/0x[0-9a-f]+/gi, "").replace(/\$\d+/g, "");
}

const NORMALISERS: Readonly<Record<Family, (name: string) => string>> = {
  python: memoText(pythonFunction),
  javascript: memoText(javascriptFunction),
  java: memoText(javaFunction),
  go: memoText(goFunction),
  ruby: memoText(rubyFunction),
  php: memoText(phpFunction),
  dotnet: memoText(dotnetFunction),
  native: memoText(nativeFunction),
  elixir: memoText(elixirFunction),
  dart: memoText(dartFunction),
  perl: memoText(perlFunction),
  other: memoText(otherFunction),
};

/**
 * A function's name without what compilers and runtimes generate: counters, hashes, closures, type arguments.
 * Empty or unknown names become `<anonymous>`.
 */
export function normaliseFunction(name: string | null | undefined, family: Family): string {
  if (!name) return ANONYMOUS;
  return NORMALISERS[family](name).trim() || ANONYMOUS;
}

/** True when the name says nothing where it stands alone: no name, or a minifier's. */
export function isWeakFunction(name: string, family: Family): boolean {
  return (
    name === ANONYMOUS ||
    (family === "javascript" &&
      /^[A-Za-z_$][A-Za-z0-9_$]?$/.test(name) &&
      !/^(?:go|id|on|up|db|is|do|tx|ok|fn|cb|ui)$/.test(name))
  );
}
