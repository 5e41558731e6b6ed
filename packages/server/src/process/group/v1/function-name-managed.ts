/*
 * Names which the compilers of Java, Kotlin, Scala, C#, Go and PHP generate. Where a lambda is known by the
 * function around it, that function is kept: `checkout.<lambda>`.
 */

const LAMBDA = ".<lambda>";

/** `lambda$checkout$3`, `checkout$lambda$0`, `$anonfun$checkout$1`, `access$000`, `lambda$null$1`. */
export function javaFunction(name: string): string {
  const plain = name
    .replace(/^lambda\$(?:null|new|static)\$\d+$/, "<lambda>")
    .replace(/^lambda\$(.+?)\$(?:[0-9a-f]+\$)?\d+$/, `$1${LAMBDA}`)
    .replace(/^\$anonfun\$(.+?)(?:\$\d+)*(?:\$adapted)?$/, `$1${LAMBDA}`)
    .replace(/^(.+?)(?:\$lambda)(?:[$-]\d+)+$/, `$1${LAMBDA}`)
    .replace(/^access\$(\d+)$/, "access")
    .replace(/^access\$/, "")
    .replace(/\$(?:default|suspendImpl|impl|internal|\w+_release|\w+_debug)$/, "");
  return plain.replace(/-[A-Za-z0-9_]{7}$/, "").replace(/\$\d+/g, "");
}

/** `(*Server).Handle.func1.2`, `Map[...]`, `Close-fm`, `Run.deferwrap1`, `glob..func3`, `Each-range1`. */
export function goFunction(name: string): string {
  return name
    .replaceAll("[...]", "")
    .replace(/-fm$/, "")
    .replace(/-range\d+/g, "")
    .replace(/\.(?:gowrap|deferwrap)\d+/g, "")
    .replace(/^glob\.\.func\d+/, "<func>")
    .replace(/^init\.\d+/, "init")
    .replace(/(?:\.func\d+(?:\.\d+)*)+/g, ".<func>")
    .replace(/(?:\.<func>)+/g, ".<func>");
}

/** `{closure}`, `App\Foo::{closure}`, `{closure:App\Foo::bar():12}`, `class@anonymous\0/path:12$0::run`. */
export function phpFunction(name: string): string {
  return name
    .replace(/^.*\{closure:(?:(.*?)(?:\(\))?:\d+)\}$/, (_, outer: string) =>
      outer.includes("/") ? "{closure}" : `${outer.replace(/\{closure:.*$/, "{closure}")}.{closure}`,
    )
    .replace(/^(?:[^:{}]*\\)?\{closure\}$/, "{closure}")
    .replace(/@anonymous.*?(?=::\w+$|$)/s, "@anonymous")
    .replace(/0x[0-9a-f]+(?:\$[0-9a-f]+)?/g, "");
}

/**
 * `MoveNext` of `<Load>d__12` is handled with its module. Here: `<Load>b__0`, `<Load>g__Local|5_0`, `Load[T](T x)`,
 * `async Task<int> Load(string id)`, `Load(int id)+() => { }`.
 */
export function dotnetFunction(name: string): string {
  const hasLambda = name.includes("=>") || /b__\d/.test(name);
  const plain = name
    .replace(/\+?\(.*$/s, "")
    .replace(/<(\w+)>b__[\w|]+/, "$1")
    .replace(/<(\w+)>g__(\w+)\|[\w|]+/, "$1.$2")
    .replace(/<(\w+)>d__\d+/, "$1")
    .replace(/\[[^\]]*\]|`\d+|<[^<>]*>/g, "");
  const last = plain.trim().split(" ").at(-1) ?? plain;
  return hasLambda ? last + LAMBDA : last;
}
