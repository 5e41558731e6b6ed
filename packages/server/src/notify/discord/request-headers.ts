/**
 * Discord may block agents that look like browsers or do not say who they are.
 *
 * @param publicUrl where this server's pages are
 */
export function requestHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    accept: "application/json",
    // https://discord.com/developers/docs/reference#user-agent
    "user-agent": `DiscordBot (${publicUrl}, 0.1.0) Vedette`,
  };
}
