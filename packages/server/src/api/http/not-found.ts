import type { FastifyInstance } from "fastify";

/** Answers paths and methods which the scope does not have: 404, or 405 with `Allow` where the path exists. */
export function answerUnknownPaths(scope: FastifyInstance): void {
  const routes: { pattern: RegExp; methods: readonly string[] }[] = [];
  scope.addHook("onRoute", ({ url, method }) => {
    routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  scope.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = new Set(
      routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods),
    );
    if (allowed.size === 0) {
      return reply.code(404).send({ detail: "The requested resource does not exist" });
    }
    return reply
      .code(405)
      .header("Allow", [...allowed].join(", "))
      .send({ detail: `Method "${request.method}" not allowed.` });
  });
}

function patternOf(url: string): RegExp {
  const segments = url.split("/").filter(Boolean);
  const source = segments.map((segment) =>
    segment.startsWith(":") ? "[^/]+" : segment.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  return new RegExp(`^/${source.join("/")}/?$`);
}
