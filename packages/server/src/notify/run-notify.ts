import type { Clock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import type { SecretBox } from "../shared/secret-box.js";
import type { EventStore } from "../store/events/port.js";
import type { Meta } from "../store/meta/schema.js";
import { adaptersByType } from "./adapters.js";
import { Bell } from "./bell.js";
import { OutgoingClient } from "./http/outgoing-client.js";
import { dueChannels } from "./outbox/due-channels.js";
import { pickNext } from "./outbox/pick-next.js";
import { RateGate } from "./pipeline/rate-gate.js";
import { turns } from "./pipeline/take-turn.js";

export interface NotifyPorts {
  readonly meta: Meta;
  readonly events: Pick<EventStore, "query">;
  readonly secrets: Pick<SecretBox, "open">;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the web pages are, without a slash at the end; messages link there. */
  readonly publicUrl: string;
  /** Base of Discord's API, such as `https://discord.com/api`. */
  readonly discordApi: string;
  /** Whether hooks may go to private addresses. */
  readonly allowPrivateHooks: boolean;
  /** Time for one request, in milliseconds. Default 10,000. */
  readonly requestTimeoutMs?: number;
  /** From 0 to 1, for the jitter of retries. Default Math.random. */
  readonly random?: () => number;
}

/** The running stage. */
export interface NotifyStage {
  /** Says that the outbox has something new. Without it the stage looks by itself every 250 ms. */
  wake(): void;
  /** Resolves after the signal, once what was being sent has ended and is remembered: at most about 8 s. */
  readonly done: Promise<void>;
}

const lookEveryMs = 250;
/** Within the ten seconds the program has to stop. */
const cutOffAfterMs = 6_000;
const restAfterErrorMs = 1_000;
/** Channels served at the same time; each waits on the network, not on the processor. */
const maxChannelsAtWork = 32;

/**
 * Empties the outbox: channels at the same time, the notifications of one channel one after another.
 *
 * Delivery is at-least-once. A notification is doubled only when its message arrived and the answer did not (a cut
 * connection, a timeout, a crash within that moment); with a bot not even then, as Discord knows the repeat.
 *
 * A notification is `pending` until its turn, `sending` from just before the request until the answer is remembered,
 * then `delivered`, `failed` with a reason, or `pending` again with the time of its next attempt. One that is left in
 * `sending` by a crash is taken up again after a minute.
 */
export function runNotify(ports: NotifyPorts, signal: AbortSignal): NotifyStage {
  const bell = new Bell(ports.clock);
  signal.addEventListener("abort", () => bell.ring(), { once: true });
  return { wake: () => bell.ring(), done: serve(ports, bell, signal) };
}

async function serve(ports: NotifyPorts, bell: Bell, signal: AbortSignal): Promise<void> {
  const { client, cut, serveChannel } = channelServer(ports, signal);
  const atWork = new Map<number, Promise<void>>();
  while (!signal.aborted) {
    for (const channelId of await readDueChannels(ports, atWork)) {
      if (atWork.size >= maxChannelsAtWork) break;
      const work = serveChannel(channelId).finally(() => {
        atWork.delete(channelId);
        if (atWork.size === maxChannelsAtWork - 1) bell.ring();
      });
      atWork.set(channelId, work);
    }
    await bell.wait(lookEveryMs);
  }
  // Real time, not the clock's: this is about the program's own end.
  const cutOff = setTimeout(() => cut.abort(), cutOffAfterMs);
  await Promise.all(atWork.values());
  clearTimeout(cutOff);
  client.close();
}

function channelServer(ports: NotifyPorts, signal: AbortSignal) {
  const client = new OutgoingClient({
    allowPrivate: ports.allowPrivateHooks,
    ...(ports.requestTimeoutMs !== undefined && { timeoutMs: ports.requestTimeoutMs }),
  });
  const cut = new AbortController();
  const takeTurn = turns({
    ...ports,
    client,
    signal,
    cut: cut.signal,
    adapters: adaptersByType(ports),
    gate: new RateGate(),
    random: ports.random ?? Math.random,
  });
  const serveChannel = async (channelId: number): Promise<void> => {
    try {
      while (!signal.aborted) {
        const picked = await pickNext(ports.meta, channelId, ports.clock.now());
        if (picked === undefined || (await takeTurn(picked)) === "yield") return;
      }
    } catch (error) {
      ports.log.error(
        { err: error, channel: channelId },
        "a channel's notifications wait a moment after an error",
      );
      await ports.clock.sleep(restAfterErrorMs, signal);
    }
  };
  return { client, cut, serveChannel };
}

async function readDueChannels(
  ports: NotifyPorts,
  atWork: ReadonlyMap<number, unknown>,
): Promise<readonly number[]> {
  try {
    return await dueChannels(ports.meta, atWork.keys(), ports.clock.now());
  } catch (error) {
    ports.log.error({ err: error }, "the outbox cannot be read; it is tried again");
    return [];
  }
}
