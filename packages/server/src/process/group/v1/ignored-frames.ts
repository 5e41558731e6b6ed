import type { FrameShape } from "./event-shape.js";
import { memoTest } from "./memo.js";
import type { Family } from "./platform.js";

/*
 * Frames that are there because an error was raised, reported, or carried across an await, not because of what
 * the program did. They come and go with the version of the runtime or of the SDK.
 */
interface IgnoreRule {
  readonly function?: RegExp;
  readonly module?: RegExp;
  readonly path?: RegExp;
}

const RULES: Readonly<Partial<Record<Family, IgnoreRule>>> = {
  python: {
    function:
      /^(?:<(?:listcomp|dictcomp|setcomp|genexpr)>|.*\.<(?:listcomp|dictcomp|setcomp|genexpr)>|_call_with_frames_removed|reraise|raise_from)$/,
    module: /^(?:sentry_sdk|raven)(?:\.|$)/,
  },
  javascript: {
    function:
      /^(?:sentryWrapped|HTMLDocument\.sentryWrapped|(?:Object\.)?apply|__awaiter|__generator|fulfilled|rejected|step|asyncGeneratorStep|_asyncToGenerator|processTicksAndRejections|process\.processTicksAndRejections|_?tryCatch|regeneratorRuntime.*|Generator\.(?:next|throw|<anonymous>)|new Promise|Promise\.(?:all|then|catch)(?: .*)?|Function\.executeUserCode)$/,
    module: /^@sentry(?:-internal)?[./:]/,
    path: /^index \d+$|\/@sentry(?:-internal)?\/|^(?:node:)?internal\/process\/|(?:^|\/)tslib[./]|regenerator-runtime|asyncToGenerator\.js/,
  },
  java: {
    module:
      /^(?:io\.sentry\.|java\.lang\.reflect\.|jdk\.internal\.reflect\.|sun\.reflect\.|java\.lang\.Thread$|kotlin\.coroutines\.|kotlinx\.coroutines\.)|Generated(?:Method|Constructor)Accessor|\$Proxy\d*$/,
  },
  go: {
    function: /^(?:gopanic|panicIndex|panicmem|sigpanic|goexit|panicdivide|goPanic\w+)$/,
    module: /^github\.com\/getsentry\/sentry-go/,
  },
  ruby: { path: /\/gems\/sentry-(?:ruby|raven|rails|sidekiq)/ },
  php: { function: /^Sentry\\|^\{main\}$|^(?:call_user_func(?:_array)?|trigger_error)$/ },
  dotnet: {
    function:
      /^(?:ThrowForNonSuccess|HandleNonSuccessAndDebuggerNotification|ValidateEnd|Throw|GetResult|ThrowIfExceptional|ThrowHelper\w*)$/,
    module: /^System\.Runtime\.(?:CompilerServices|ExceptionServices)\.|^Sentry\.|ThrowHelper$/,
  },
  native: {
    function:
      /^(?:std::panicking::|core::panicking::|std::panic::|std::sys_common::backtrace|std::sys::backtrace|rust_begin_unwind|rust_panic|__rust_|_*rust_|core::result::unwrap_failed|core::option::(?:unwrap|expect)_failed|<?sentry(?:_\w+)?::|__cxa_(?:throw|rethrow)|_Unwind_|objc_exception_(?:throw|rethrow)|__exceptionPreprocess|_?abort$|_?raise$|gsignal$|__pthread_kill|pthread_kill|__assert|std::terminate|__terminate|backtrace::)/,
  },
  dart: { function: /^<asynchronous suspension>$/, path: /^package:sentry/ },
};

interface Tests {
  readonly function: (text: string) => boolean;
  readonly module: (text: string) => boolean;
  readonly path: (text: string) => boolean;
}

const TESTS: ReadonlyMap<string, Tests> = new Map(
  Object.entries(RULES).map(([family, rule]) => [
    family,
    { function: memoTest(rule.function), module: memoTest(rule.module), path: memoTest(rule.path) },
  ]),
);

/** True when a frame never tells one problem from another. */
export function isIgnored(frame: FrameShape, family: Family): boolean {
  const tests = TESTS.get(family);
  if (!tests) return false;
  return (
    tests.function(frame.function ?? "") ||
    tests.module(frame.module ?? "") ||
    tests.path(frame.filename ?? "") ||
    tests.path(frame.abs_path ?? "")
  );
}
