/*
 * Names of Rust, C++, Objective-C and Swift, demangled or not. Type arguments, parameters, clone suffixes,
 * symbol hashes and closure numbers go; what a person would call the function stays.
 */

/** Name without return types, parameters, type arguments and generated suffixes. Linear in its input. */
export function nativeFunction(name: string): string {
  if (/^[-+]\[/.test(name)) return objectiveC(name);
  const block = /^_{2,}\d+([-+]\[.*\])_block_invoke/.exec(name);
  if (block?.[1]) return `${objectiveC(block[1])}.<block>`;
  if (/^(?:partial apply|thunk|specialized|@objc|closure #|reabstraction|merged|protocol witness)/.test(name))
    return swift(name);
  const plain = rustImpl(name)
    .replace(/::h[0-9a-f]{16}$/, "")
    .replaceAll("(anonymous namespace)", "{anonymous}")
    .replaceAll("`anonymous namespace'", "{anonymous}")
    .replace(/(?:::)?\{\{?(?:closure|impl|lambda)[^}]*\}\}?(?:::)?/g, "::<closure>::")
    .replace(
      /'?lambda\d*'?\([^)]*\)(?:#\d+)?|\{lambda\([^)]*\)#\d+\}|<lambda_[0-9a-f]+>|\$_\d+/g,
      "<closure>",
    );
  const bare = withoutBrackets(plain).replace(/(?:::<?closure>?)+(?:::)?$/, "::<closure>");
  return bare
    .replace(/ ?\[clone [^\]]*\]/g, "")
    .replace(/(?:\.(?:part|isra|constprop|cold|lto_priv|llvm|resume|destroy|cleanup)(?:\.\d+)*)+$/, "")
    .replace(/(?:::)+(?=::|$)/g, "");
}

function objectiveC(name: string): string {
  return name.replace(/_block_invoke.*$/, "").replace(/\(\w*\)(?= )/, "");
}

function swift(name: string): string {
  const isClosure = /closure #\d+/.test(name);
  const target = name.slice(name.lastIndexOf(isClosure ? " in " : " for ") + 1).replace(/^(?:in|for) /, "");
  const plain = withoutBrackets(
    target.replace(/^(?:(?:specialized|@objc|partial apply|merged) )+/, ""),
  ).trim();
  return isClosure ? `${plain}.<closure>` : plain;
}

/** `<app::Cart as core::ops::Drop>::drop` is `app::Cart::drop` to a reader. */
function rustImpl(name: string): string {
  if (!name.startsWith("<")) return name;
  const as = name.indexOf(" as ");
  const close = name.indexOf(">::", as < 0 ? 0 : as);
  if (close < 0) return name;
  return name.slice(1, as < 0 || as > close ? close : as) + name.slice(close + 1);
}

/** Drops `<…>` (but `<closure>`) and everything from the parameter list on; operators keep their signs. */
function withoutBrackets(name: string): string {
  if (/operator *[<>(-]/.test(name)) return name.replace(/(operator *(?:\(\)|[<>=-]+)).*$/, "$1");
  let depth = 0;
  let result = "";
  for (let index = 0; index < name.length; index += 1) {
    const char = name.charAt(index);
    if (char === "<" && name.startsWith("<closure>", index)) {
      if (depth === 0) result += "<closure>";
      index += "<closure>".length - 1;
    } else if (char === "<") depth += 1;
    else if (char === ">") depth -= depth > 0 && name.charAt(index - 1) !== "-" ? 1 : 0;
    else if (char === "(" && depth === 0 && index > 0) break;
    else if (depth === 0) result += char;
  }
  return withoutReturnType(result.replaceAll("::::", "::"));
}

/** GCC and MSVC write `int Cart::total`; the type is no part of the name. */
function withoutReturnType(name: string): string {
  const space = name.trim().lastIndexOf(" ");
  return space < 0 || name.includes("<closure>") ? name : name.trim().slice(space + 1);
}
