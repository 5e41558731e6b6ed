import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { adminEmail, adminPassword } from "../support/server.js";
import { IssueListPage } from "./page-objects/issue-list-page.js";
import { Shell } from "./page-objects/shell.js";
import { SignInPage } from "./page-objects/sign-in-page.js";
import { PagesRun } from "./support/pages-run.js";

const signInPath = /^\/api\/auth\/sign-in\/email$/;
let run: PagesRun;
let signIn: SignInPage;
let shell: Shell;

beforeAll(async () => {
  // An empty preset is no preset: the server makes a one-time password and prints it.
  run = await PagesRun.start({ signedIn: false, environment: { VEDETTE_ADMIN_PASSWORD: "" } });
  signIn = new SignInPage(run.page);
  shell = new Shell(run.page);
});
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

/** The password the server printed at its first start. */
function oneTimePassword(): string {
  const password = /[Pp]assword\s+(\S+)/.exec(run.server.output)?.[1];
  if (!password) throw new Error(`no password in the banner:\n${run.server.output}`);
  return password;
}

describe("signing in and out", () => {
  it("asks a stranger to sign in and says where the first password is", async () => {
    await run.page.goto(run.server.url);
    await signIn.form.waitFor();
    expect(run.page.url()).toContain("/sign-in/");
    expect(await signIn.hint.isVisible()).toBe(true);
  });

  it("says that a wrong password does not match, and keeps the form", async () => {
    run.watch.expectFailure(401, signInPath);
    await signIn.open(run.server.url);
    await signIn.submit(adminEmail, "not the password");
    await expect.poll(() => signIn.message.textContent()).toBe("E-mail and password do not match.");
    expect(await signIn.form.isVisible()).toBe(true);
  });

  it("leads to the page that was asked for, and reminds of the one-time password", async () => {
    await run.page.goto(`${run.server.url}/organizations/default/issues/?query=level%3Aerror`);
    await signIn.submit(adminEmail, oneTimePassword());
    const list = new IssueListPage(run.page);
    await list.search.waitFor();
    expect(list.address()).toEqual({ query: "level:error" });
    await shell.passwordBanner.waitFor();
  });

  it("takes the reminder away once the password is replaced", async () => {
    await run.page.getByRole("link", { name: "Change password" }).click();
    await run.page.getByLabel("Current password").fill(oneTimePassword());
    await run.page.getByLabel("New password", { exact: true }).fill(adminPassword);
    await run.page.getByLabel("New password again").fill(adminPassword);
    await run.page.getByRole("button", { name: "Change password" }).click();
    await shell.passwordBanner.waitFor({ state: "detached" });
    await expect.poll(() => shell.messages.textContent()).toContain("Password changed.");
  });

  it("signs out for good and lets the new password in", async () => {
    await shell.signOut();
    await signIn.form.waitFor();
    await run.page.goto(`${run.server.url}/organizations/default/alerts/rules/`);
    await signIn.form.waitFor();
    await signIn.submit(adminEmail, adminPassword);
    await expect.poll(() => run.page.getByRole("heading", { level: 1 }).textContent()).toBe("Alerts");
  });
});
