import type { Family } from "./platform.js";

/*
 * What is certainly not the application, per family. `path` is tried on the file (slashes forward), `name` on
 * `module` if there is one, else on the function. Made from the documented layout of each language's package
 * manager and runtime; linear patterns only, since senders choose the text.
 */
export interface InAppRule {
  readonly path?: RegExp;
  readonly name?: RegExp;
  /** Tried on `package`: the library file a native frame lies in. */
  readonly library?: RegExp;
}

const PYTHON: InAppRule = {
  path: /(?:^|\/)(?:site-packages|dist-packages)\/|\/lib(?:64)?\/(?:python|pypy)\d[\d.]*\/|^<frozen |^<(?:string|attrs generated)|^(?:asyncio|concurrent\/futures|importlib|unittest|multiprocessing|socketserver|wsgiref)\/|^(?:threading|socketserver|runpy|contextlib)\.py$/,
  name: /^(?:sentry_sdk|raven|django|flask|starlette|fastapi|uvicorn|gunicorn|uwsgi|celery|kombu|billiard|sqlalchemy|psycopg2?|redis|requests|urllib3|httpx|httpcore|aiohttp|anyio|asyncio|concurrent|importlib|threading|multiprocessing|tornado|werkzeug|jinja2|pydantic|click|runpy|contextlib|json|logging|socket|ssl|http|urllib|email|unittest|pytest|_pytest|pluggy|rq|dramatiq|botocore|boto3|grpc|numpy|pandas)(?:\.|$)/,
};

const THIRD_PARTY_HOSTS =
  "googletagmanager\\.com|google-analytics\\.com|(?:ajax|fonts|maps)\\.googleapis\\.com|gstatic\\.com|googlesyndication\\.com|doubleclick\\.net|" +
  "facebook\\.net|jsdelivr\\.net|unpkg\\.com|cdnjs\\.cloudflare\\.com|cloudflareinsights\\.com|code\\.jquery\\.com|" +
  "esm\\.sh|skypack\\.dev|bootstrapcdn\\.com|js\\.stripe\\.com|hotjar\\.com|intercomcdn\\.com|intercom\\.io|segment\\.com|" +
  "sentry-cdn\\.com|newrelic\\.com|nr-data\\.net|clarity\\.ms|hs-scripts\\.com|licdn\\.com|cookielaw\\.org|fullstory\\.com";

const JAVASCRIPT: InAppRule = {
  path: new RegExp(
    [
      "(?:^|[/~])node_modules/",
      "^(?:webpack:/+(?:[^/]*/)?)?~/",
      "^node:|^internal/|^bootstrap_node\\.js$",
      "^(?:chrome|moz|ms-browser|safari|safari-web|webkit-masked-url)(?:-extension)?://",
      "^(?:<anonymous>|native|\\[native code\\]|native code|InternalBytecode\\.js|index \\d+)$",
      "^(?:webpack:/+(?:[^/]*/)?)?webpack/(?:bootstrap|runtime|universal|startup)",
      `^https?://(?:[a-z0-9-]+\\.)*(?:${THIRD_PARTY_HOSTS})(?:[:/]|$)`,
      "/(?:vendors?|polyfills?|webpack-runtime)(?:[~.-][A-Za-z0-9_~.-]*)?\\.js(?:[?#]|$)",
      "/(?:framework|runtime)[~.-][A-Za-z0-9_~.-]*\\.js(?:[?#]|$)",
      "/(?:react|react-dom|angular|jquery|zone|lodash|moment|require|backbone|ember)(?:[.-][\\w.-]*)?\\.js(?:[?#]|$)",
      "/(?:cdn-cgi|gtm|gtag)[/.]",
    ].join("|"),
  ),
  name: /^(?:node:|internal\/|(?:@sentry(?:-internal)?|express|koa|next|react-dom|fastify)(?:[./:]|$))/,
};

const JAVA: InAppRule = {
  name: new RegExp(
    "^(?:" +
      "java|javax|jakarta|jdk|sun|com\\.sun|kotlin|kotlinx|scala|groovy|clojure|akka|android|androidx|dalvik|libcore|" +
      "com\\.android|com\\.google\\.(?:android|common|firebase|gson|inject)|org\\.springframework|org\\.apache|" +
      "org\\.hibernate|org\\.jboss|org\\.eclipse|org\\.codehaus|org\\.junit|org\\.mockito|org\\.slf4j|org\\.aspectj|" +
      "org\\.postgresql|org\\.mortbay|org\\.thymeleaf|org\\.reactivestreams|org\\.gradle|org\\.glassfish|org\\.xerial|" +
      "ch\\.qos\\.logback|com\\.fasterxml|com\\.zaxxer|com\\.mysql|com\\.mongodb|com\\.squareup|com\\.netflix|" +
      "com\\.intellij|com\\.facebook\\.(?:react|litho)|io\\.netty|io\\.micronaut|io\\.micrometer|io\\.quarkus|io\\.vertx|io\\.grpc|io\\.ktor|" +
      "io\\.reactivex|io\\.sentry|io\\.undertow|net\\.bytebuddy|net\\.sf\\.cglib|okhttp3|okio|reactor|retrofit2|rx|dagger|play|" +
      "lombok" +
      ")\\.|^(?:\\$Proxy\\d*|com\\.sun\\.proxy|jdk\\.proxy\\d*)",
  ),
};

const GO: InAppRule = {
  path: /\/(?:usr\/local|usr\/lib|opt\/homebrew\/Cellar)\/go(?:\/|@|-)[^\n]*\/?src\/|\/pkg\/mod\/|(?:^|\/)vendor\/|(?:^|\/)third_party\/|\/libexec\/src\/|^(?:runtime|net|reflect|syscall|testing|sync|internal)\/|\/hostedtoolcache\/go\//,
  name: /^(?:runtime|reflect|net|net\/[a-z]+|net\/http\/[a-z]+|sync|sync\/atomic|syscall|testing|os|io|fmt|bufio|bytes|context|encoding\/[a-z]+|database\/sql|html\/template|text\/template|crypto\/[a-z0-9]+|internal\/[\w/]+|sort|slices|strings|strconv|time|github\.com\/getsentry\/sentry-go|golang\.org\/x|google\.golang\.org|go\.uber\.org|gorm\.io)(?:[./]|$)/,
};

const RUBY: InAppRule = {
  path: /\/gems\/[^/]+\/|\/lib\/ruby\/|(?:^|\/)vendor\/(?:bundle|ruby|cache)\/|\/rubygems|\/bundler\/|\/\.(?:rbenv|rvm|asdf)\/|^<internal:|(?:^|\/)bin\/(?:bundle|rails|rake|rspec|puma|sidekiq|irb|spring)$|^\(eval/,
};

const PHP: InAppRule = {
  path: /(?:^|\/)vendor\/|^\[internal\]|^internal$|(?:^|\/)wp-(?:includes|admin)\/|\/usr\/share\/(?:php|pear)\/|^phar:/,
  name: /^(?:Sentry|Symfony|Illuminate|Doctrine|GuzzleHttp|Monolog|Laravel|Composer|Twig|PHPUnit|Psr)\\/,
};

const DOTNET: InAppRule = {
  name: /^(?:System|Microsoft|Windows|Mono|MS|Sentry|Serilog|NLog|log4net|Newtonsoft|Npgsql|MySql|MySqlConnector|StackExchange|AutoMapper|Autofac|Castle|Dapper|FluentValidation|FSharp|Giraffe|Grpc|Hangfire|IdentityServer4|JetBrains|MassTransit|MediatR|MongoDB|Moq|Polly|Quartz|RabbitMQ|Refit|RestSharp|Swashbuckle|Interop|UnityEngine|UnityEditor|Xunit|xunit|NUnit|Xamarin|Java\.Interop)(?:\.|$|\+)/,
};

const NATIVE: InAppRule = {
  path: /^\/rustc\/|\/\.cargo\/(?:registry|git)\/|\/rustlib\/src\/|^\/usr\/(?:include|lib|src)\/|\/Xcode\.app\/|^<compiler-generated>|\/toolchains?\/|\\(?:vctools|minkernel)\\|\/Pods\/|^(?:\.\.\/)*(?:sysdeps|nptl|csu)\//,
  name: /^(?:<?(?:std|core|alloc|proc_macro|backtrace|rust_begin_unwind|__rust|tokio|futures(?:_\w+)?|hyper|tower|axum|actix_\w+|rayon(?:_core)?|serde(?:_json)?|anyhow|tracing(?:_\w+)?|sentry(?:_\w+)?|async_std|mio|rocket|reqwest|h2)::|__libc_|_start$|__libc_start|_?pthread_|start_thread|thread_start|_?objc_|_dispatch_|dispatch_|__CF|CF[A-Z]|-\[(?:NS|UI|CA|_UI|__NS|WK)|\+\[(?:NS|UI|CA|_UI|__NS|WK)|NS[A-Z]\w+$|UIApplicationMain|swift_|Swift\.|__cxa_|__gnu_cxx::|__pthread|_?abort$|_?raise$|RtlUser|BaseThreadInitThunk|ucrtbase|invoke_main|__scrt_|mainCRTStartup|operator new|operator delete|_?malloc|_?free$|_?mem(?:cpy|move|set)|clone3?$|gsignal|epoll_|poll$|syscall)/,
  library:
    /^\/(?:usr\/lib|lib|lib64|System\/Library|Library\/Apple|system\/(?:lib|lib64|framework)|apex|vendor\/lib)|\/(?:UIKit|UIKitCore|Foundation|CoreFoundation|AppKit|GraphicsServices|QuartzCore)$|(?:^|\/)lib(?:c|m|pthread|dl|gcc_s|stdc\+\+|c\+\+|objc|dispatch|system_\w+|swift\w*)(?:[.-][\w.-]*)?\.(?:so|dylib)|^C:\/Windows\/|(?:^|\/)(?:ntdll|kernel32|kernelbase|user32|ucrtbase|msvcp\d+|vcruntime\d+\w*|win32u|combase)\.dll$/i,
};

const ELIXIR: InAppRule = {
  path: /(?:^|\/)deps\/|^lib\/(?:gen_server|gen_event|supervisor|task|process|enum|stream|agent|registry|ecto|phoenix|plug|db_connection|bandit|cowboy)|\.erl$/,
  name: /^(?::?(?:gen_server|gen_event|gen_statem|gen|proc_lib|supervisor|erlang|lists|maps|ets|timer|cowboy\w*|ranch\w*)|(?:Elixir\.)?(?:Enum|Stream|GenServer|Task|Agent|Supervisor|Process|Registry|Kernel|Logger|Plug|Phoenix|Ecto|DBConnection|Postgrex|Bandit|ThousandIsland|Oban|Absinthe|Jason|Sentry|ExUnit|Keyword|Map|Access|String|Code|Module|Mix|IEx)(?:\.|$))/,
};

const DART: InAppRule = {
  path: /^(?:package:|packages\/)(?:flutter|flutter_\w+|sentry|sentry_\w+|dio|http|bloc|provider|riverpod|get|rxdart|collection|async|stack_trace)\/|^dart:|\/dart-sdk\//,
};

const PERL: InAppRule = { path: /\/(?:perl5|perl)\/|\/site_perl\/|\/vendor_perl\// };

const OTHER: InAppRule = { path: /(?:^|\/)(?:node_modules|site-packages|vendor)\/|^<(?:internal|native)/ };

export const IN_APP_RULES: Readonly<Record<Family, InAppRule>> = {
  python: PYTHON,
  javascript: JAVASCRIPT,
  java: JAVA,
  go: GO,
  ruby: RUBY,
  php: PHP,
  dotnet: DOTNET,
  native: NATIVE,
  elixir: ELIXIR,
  dart: DART,
  perl: PERL,
  other: OTHER,
};
