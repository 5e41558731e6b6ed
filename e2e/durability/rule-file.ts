import { writeFile } from "node:fs/promises";

/** Alerts as code: every new issue of the default project goes to one Discord channel. */
export function writeRuleFile(path: string, webhookUrl: string): Promise<void> {
  return writeFile(
    path,
    `version: 1
channels:
  - name: first-seen
    type: discord
    webhookUrl: ${webhookUrl}
rules:
  - name: New issues
    project: default
    when: [first_seen]
    notify:
      - channel: first-seen
        tags: [kind, environment]
    interval: 24h
`,
  );
}
