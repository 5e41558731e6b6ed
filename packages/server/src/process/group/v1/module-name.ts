import { memoText } from "./memo.js";
import type { Family } from "./platform.js";

/** A class name without proxies, anonymous numbers and generated parts of the Java virtual machine's languages. */
const javaModule = memoText((module) =>
  module
    .replace(/\$\$Lambda.*$|\$\$ExternalSyntheticLambda\d+$|-\$\$Lambda.*$/, "")
    .replace(/\$\$(?:EnhancerBy\w*|FastClassBy\w*|SpringCGLIB|KeyFactoryBy\w*|\w*CGLIB)\$\$.*$/, "")
    .replace(/_\$\$_(?:javassist|jvst)\w*$|\$(?:ByteBuddy|MockitoMock|HibernateProxy|auxiliary)\$.*$/, "")
    .replace(/_(?:ClientProxy|Subclass|Bean)$/, "")
    .replace(/_closure\d+/g, "")
    .replace(/(Generated(?:Method|Constructor|SerializationConstructor)Accessor|\$Proxy)\d+/, "$1")
    .replace(/\$\$anonfun.*$/, "")
    .replace(/(?:\$\d+)+(?=\$|$)/g, "$*")
    .replace(/(?:\$\*)+/g, "$*")
    .replace(/\/0x[0-9a-f]+$/, ""),
);

const goModule = memoText((module) =>
  module
    .replace(/@v[^/]*/, "")
    .replace(/\/v\d+(?=\/|$)/, "")
    .replace(/\.v\d+(?=\/|$)/, "")
    .replace(/%2e/g, "."),
);

/** The assembly name or arity says nothing; closures and state machines become what they came from. */
const dotnetModule = memoText((module) =>
  module
    .replace(/[+.]<>c(?:__DisplayClass[\w`]*)?.*$/, "")
    .replace(/\+?<(\w+)>d__\d+.*$/, "")
    .replace(/`\d+|\[.*$/g, ""),
);

const javascriptModule = memoText((module) =>
  module
    .replace(/[.\-_](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}(?=$|[.:])/gi, "")
    .replace(/\.(?:min|chunk)(?=$|:)/, ""),
);

const phpModule = memoText((module) => module.replace(/@anonymous.*$/s, "@anonymous"));

/**
 * The module a frame belongs to, the same in every build; empty when it says nothing (`__main__`, `main` of Python).
 */
export function normaliseModule(module: string | null | undefined, family: Family): string {
  if (!module) return "";
  switch (family) {
    case "java":
      return javaModule(module);
    case "go":
      return goModule(module);
    case "dotnet":
      return dotnetModule(module);
    case "javascript":
      return javascriptModule(module);
    case "php":
      return phpModule(module);
    case "python":
      return module === "__main__" || module === "__mp_main__" ? "" : module;
    default:
      return module;
  }
}

/** The method an asynchronous .NET state machine was made from: `Load` for `Cart+<Load>d__12`; else undefined. */
export function stateMachineMethod(module: string): string | undefined {
  return /<(\w+)>d__\d+/.exec(module)?.[1];
}
