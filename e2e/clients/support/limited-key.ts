import type { Stage } from "./stage.js";

/** Makes a key of the first project that takes so many events in a window. @returns its public half */
export async function limitedKey(
  { server }: Stage,
  limit: { readonly windowSeconds: number; readonly count: number },
): Promise<string> {
  const path = "/projects/default/default/keys/";
  const key = await server.api<{ public: string }>(path, {
    method: "POST",
    body: { name: "limited", rateLimit: { window: limit.windowSeconds, count: limit.count } },
  });
  return key.public;
}
