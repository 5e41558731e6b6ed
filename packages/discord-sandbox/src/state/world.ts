import { Faults } from "./faults.js";
import { Guild, type ChannelRequest, type CreatedChannel } from "./guild.js";
import { MessageLog } from "./message-log.js";
import { SnowflakeSource } from "./snowflake.js";
import { RateLimiter, type RateLimits } from "./rate-limiter.js";

/** What a world is made of. */
export interface WorldOptions {
  /** Channels that are there at the start and again after a reset. */
  readonly channels: readonly ChannelRequest[];
  readonly maxMessages: number;
  /** False: no limits, no headers. */
  readonly rateLimits: RateLimits | false;
  readonly botToken: string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Everything the stand-in remembers. Routes read and change it; nothing else holds state. */
export class World {
  readonly guild = new Guild();
  readonly faults = new Faults();
  readonly ids = new SnowflakeSource();
  readonly log: MessageLog;
  readonly limiter: RateLimiter | undefined;
  readonly botToken: string;
  readonly now: () => number;
  readonly #initialChannels: readonly ChannelRequest[];

  constructor(options: WorldOptions) {
    this.log = new MessageLog(options.maxMessages);
    this.limiter = options.rateLimits ? new RateLimiter(options.rateLimits, options.now) : undefined;
    this.botToken = options.botToken;
    this.now = options.now;
    this.#initialChannels = options.channels;
    for (const channel of this.#initialChannels) this.guild.createChannel(channel);
  }

  /** Creates a channel (and webhook) and tells the page. */
  createChannel(request: ChannelRequest): CreatedChannel {
    const created = this.guild.createChannel(request);
    this.log.announce({ kind: "channels" });
    return created;
  }

  /** Deletes a webhook, after which its URL answers 404 with code 10015; false when there was none. */
  deleteWebhook(id: string): boolean {
    const deleted = this.guild.deleteWebhook(id);
    this.log.announce({ kind: "channels" });
    return deleted;
  }

  /** Back to the start: the first channels with their webhooks, no messages, no faults, fresh limits. */
  reset(): void {
    this.faults.remove();
    this.limiter?.clear();
    this.guild.clear();
    for (const channel of this.#initialChannels) this.guild.createChannel(channel);
    this.log.clear();
  }
}
