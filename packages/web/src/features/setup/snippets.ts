import type { PlatformId } from "../../components/platforms.js";

/** How one platform is set up: what to install, what to write and where, and what breaks on purpose. */
export interface Snippet {
  readonly install?: string;
  readonly file: string;
  readonly code: string;
  /** Added to `code`, it raises the first error. Absent when the code does so itself. */
  readonly verify?: string;
}

type Write = (dsn: string) => Snippet;

const python =
  (packageName: string, file: string, verify: string): Write =>
  (dsn) => ({
    install: `pip install ${packageName}`,
    file,
    code: `import sentry_sdk\n\nsentry_sdk.init(\n    dsn="${dsn}",\n    environment="production",\n    traces_sample_rate=0.1,\n)`,
    verify,
  });

const javascript =
  (packageName: string, file: string, verify: string): Write =>
  (dsn) => ({
    install: `npm install ${packageName}`,
    file,
    code: `import * as Sentry from "${packageName}";\n\nSentry.init({\n  dsn: "${dsn}",\n  environment: "production",\n  tracesSampleRate: 0.1,\n});`,
    verify,
  });

const snippets: Readonly<Record<PlatformId, Write>> = {
  node: javascript(
    "@sentry/node",
    "instrument.mjs, loaded with node --import ./instrument.mjs",
    `Sentry.captureException(new Error("Vedette hears me"));`,
  ),
  browser: javascript(
    "@sentry/browser",
    "the first script of your page",
    `setTimeout(() => { throw new Error("Vedette hears me"); });`,
  ),
  react: javascript(
    "@sentry/react",
    "src/instrument.ts, imported first in main.tsx",
    `<button onClick={() => { throw new Error("Vedette hears me"); }}>Break</button>`,
  ),
  next: javascript(
    "@sentry/nextjs",
    "instrumentation-client.ts, and the same in sentry.server.config.ts",
    `throw new Error("Vedette hears me");`,
  ),
  python: python("sentry-sdk", "the start of your program", "1 / 0"),
  django: python(
    '"sentry-sdk[django]"',
    "settings.py",
    'path("break/", lambda request: 1 / 0),  # in urls.py',
  ),
  fastapi: python(
    '"sentry-sdk[fastapi]"',
    "main.py, before FastAPI()",
    '@app.get("/break")\nasync def break_it():\n    return 1 / 0',
  ),
  flask: python(
    '"sentry-sdk[flask]"',
    "app.py, before Flask()",
    '@app.route("/break")\ndef break_it():\n    return str(1 / 0)',
  ),
  go: (dsn) => ({
    install: "go get github.com/getsentry/sentry-go",
    file: "main.go",
    code: `err := sentry.Init(sentry.ClientOptions{\n\tDsn:              "${dsn}",\n\tEnvironment:      "production",\n\tTracesSampleRate: 0.1,\n})\nif err != nil {\n\tlog.Fatalf("sentry.Init: %s", err)\n}\ndefer sentry.Flush(2 * time.Second)`,
    verify: `sentry.CaptureException(errors.New("Vedette hears me"))`,
  }),
  java: (dsn) => ({
    install: `implementation("io.sentry:sentry-spring-boot-starter-jakarta:8.+")  // build.gradle.kts`,
    file: "src/main/resources/application.properties",
    code: `sentry.dsn=${dsn}\nsentry.environment=production\nsentry.traces-sample-rate=0.1`,
    verify: `Sentry.captureException(new IllegalStateException("Vedette hears me"));`,
  }),
  ruby: (dsn) => ({
    install: "bundle add sentry-ruby",
    file: "config/initializers/sentry.rb, or the start of your program",
    code: `require "sentry-ruby"\n\nSentry.init do |config|\n  config.dsn = "${dsn}"\n  config.environment = "production"\n  config.traces_sample_rate = 0.1\nend`,
    verify: `Sentry.capture_message("Vedette hears me")`,
  }),
  php: (dsn) => ({
    install: "composer require sentry/sentry",
    file: "the start of your program",
    code: `\\Sentry\\init([\n    'dsn' => '${dsn}',\n    'environment' => 'production',\n    'traces_sample_rate' => 0.1,\n]);`,
    verify: `\\Sentry\\captureMessage('Vedette hears me');`,
  }),
  dotnet: (dsn) => ({
    install: "dotnet add package Sentry.AspNetCore",
    file: "Program.cs",
    code: `builder.WebHost.UseSentry(options =>\n{\n    options.Dsn = "${dsn}";\n    options.Environment = "production";\n    options.TracesSampleRate = 0.1;\n});`,
    verify: `SentrySdk.CaptureMessage("Vedette hears me");`,
  }),
  rust: (dsn) => ({
    install: "cargo add sentry",
    file: "src/main.rs",
    code: `let _guard = sentry::init(("${dsn}", sentry::ClientOptions {\n    release: sentry::release_name!(),\n    environment: Some("production".into()),\n    ..Default::default()\n}));`,
    verify: `sentry::capture_message("Vedette hears me", sentry::Level::Error);`,
  }),
  curl: curlSnippet,
};

/** The set-up of a platform with a project's DSN in place. */
export function snippetFor(platform: PlatformId, dsn: string): Snippet {
  return snippets[platform](dsn);
}

/** Without any SDK: one event by hand, through the store endpoint. */
function curlSnippet(dsn: string): Snippet {
  const url = URL.canParse(dsn) ? new URL(dsn) : new URL("https://key@vedette.invalid/1");
  const project = url.pathname.split("/").findLast(Boolean) ?? "1";
  return {
    file: "a terminal",
    code: `curl -X POST '${url.origin}/api/${project}/store/' \\\n  -H 'X-Sentry-Auth: Sentry sentry_version=7, sentry_key=${url.username}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"level":"error","message":"Vedette hears me","platform":"other"}'`,
  };
}
