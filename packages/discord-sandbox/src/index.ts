export { startDiscordSandbox, type DiscordSandbox, type SandboxOptions } from "./sandbox.js";
export type { FeedChannel, FeedMessage } from "./http/feed.js";
export type { Fault, FaultRequest } from "./state/faults.js";
export type { ChannelRequest } from "./state/guild.js";
export type { RateLimits, WindowLimit } from "./state/rate-limiter.js";
