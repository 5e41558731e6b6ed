import type { Vedette } from "./start.js";

/** What a person reads after a start: where to go, where to point SDKs, how to sign in. */
export function banner({ address, firstStart }: Vedette, startedInMs: number): string {
  const dsn = address.replace("://", `://${firstStart.publicKey}@`);
  const lines = [
    "",
    `  Vedette is watching.                       (ready in ${(startedInMs / 1000).toFixed(1)} s)`,
    "",
    `  Pages       ${address}`,
    `  DSN         ${dsn}/${firstStart.projectId}`,
    `  Sign in     ${firstStart.email}`,
  ];
  if (firstStart.oneTimePassword) {
    lines.push(`  Password    ${firstStart.oneTimePassword}   (shown once; change it after signing in)`);
  }
  return [...lines, "", ""].join("\n");
}
