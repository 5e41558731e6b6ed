import type { FastifyInstance } from "fastify";

export interface HealthPorts {
  /** Whether what is accepted now would be kept: the queue can be written. */
  readonly canAccept: () => boolean;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
}

/** `/healthz` live, `/readyz` ready to accept, `/metrics` Prometheus text (design 3). */
export function registerHealth(app: FastifyInstance, ports: HealthPorts): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) =>
    ports.canAccept() ? { status: "ready" } : reply.code(503).send({ status: "not ready to accept" }),
  );
  app.get("/metrics", async (_request, reply) =>
    reply.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8").send(await ports.metrics()),
  );
}
