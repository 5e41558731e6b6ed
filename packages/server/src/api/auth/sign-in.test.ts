import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { admin, publicUrl, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";

const page = { origin: publicUrl, "x-requested-with": "vedette" };

describe.each(metaKinds())("signing in on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
  });
  afterAll(() => server.dispose());

  const signIn = async (credentials: { email: string; password: string }, from = "10.0.0.1") => {
    const response = await server.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      remoteAddress: from,
      headers: page,
      payload: credentials,
    });
    const cookies = response.cookies;
    return {
      response,
      cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; "),
    };
  };
  const asked = (cookie: string, headers = {}) =>
    server.ask("GET", "/", { token: null, headers: { cookie, ...headers } });

  it("answers who signed in", async () => {
    const { response, cookie } = await signIn(admin);
    expect(response.statusCode).toBe(200);
    for (const each of response.cookies)
      expect(each).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const { status, body } = await asked(cookie);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: "0",
      user: { email: admin.email, name: "Administrator" },
      organization: { id: "1", slug: "default", name: "Default" },
      role: "owner",
      needsPasswordChange: false,
      publicUrl,
    });
  });
});
