import type { Clock } from "../../shared/clock.js";
import type { Log } from "../../shared/log.js";
import type { SecretBox } from "../../shared/secret-box.js";
import type { EventStore } from "../../store/events/port.js";
import type { Meta } from "../../store/meta/schema.js";
import type { OutgoingClient } from "../http/outgoing-client.js";
import type { Picked } from "../outbox/rows.js";
import type { ChannelAdapter } from "../port.js";
import { checkChannelStage } from "./check-channel.js";
import { claimStage } from "./claim-turn.js";
import { classifyStage } from "./classify.js";
import { paceStage } from "./pace.js";
import type { RateGate } from "./rate-gate.js";
import { rememberStage } from "./remember.js";
import { renderStage } from "./render.js";
import { sendStage } from "./send.js";
import type { Ending, Rendered, Stage } from "./stage.js";

interface TurnPorts {
  readonly meta: Meta;
  readonly events: Pick<EventStore, "query">;
  readonly secrets: Pick<SecretBox, "open">;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly publicUrl: string;
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly client: OutgoingClient;
  readonly gate: RateGate;
  /** Aborts when the program stops: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Aborts a little later: what is being sent is cut off. */
  readonly cut: AbortSignal;
}

/**
 * One notification's way out.
 *
 * @returns whether the channel's next notification may follow at once
 */
export function turns(ports: TurnPorts): (picked: Picked) => Promise<"go on" | "yield"> {
  const prepare = chain(
    checkChannelStage(ports), // first: what waits for a dead channel must not wait longer
    chain(
      paceStage(ports), // before any work: it may take long
      renderStage(ports), // before the claim: reading the event takes time
    ),
  );
  const attempt = chain(
    claimStage(ports), // directly before the request, so that little can happen in between
    chain(sendStage(ports), classifyStage(ports)),
  );
  const remember = rememberStage(ports);

  return async function takeTurn(picked) {
    const prepared = await prepare(picked);
    let ending = prepared.kind === "end" ? prepared.ending : await run(attempt, prepared.work);
    await remember(ending);
    // Refused for its form: once more in the form the answer asks for. The forms are few, so this ends.
    while (ending.kind === "sent" && ending.attempt.verdict.kind === "reshape") {
      const { attempt: judged } = ending;
      const notification = { ...judged.notification, state: "pending" as const };
      ending = await run(attempt, { ...judged, notification, form: ending.attempt.verdict.form });
      await remember(ending);
    }
    return ending.kind === "yield" ? "yield" : "go on";
  };
}

async function run(stages: Stage<Rendered, unknown>, work: Rendered): Promise<Ending> {
  const step = await stages(work);
  return step.kind === "end" ? step.ending : { kind: "again" };
}

function chain<In, Between, Out>(first: Stage<In, Between>, second: Stage<Between, Out>): Stage<In, Out> {
  return async (work) => {
    const step = await first(work);
    return step.kind === "end" ? step : second(step.work);
  };
}
