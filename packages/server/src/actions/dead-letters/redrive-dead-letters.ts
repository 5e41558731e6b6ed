import type { QueueReader } from "../../queue/port.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";

/** Puts dead letters at the queue's end again, to be processed once more. @returns how many there were */
export async function redriveDeadLetters(
  ports: { meta: Meta; queue: Pick<QueueReader, "redrive">; now: () => number },
  actor: Actor,
  ids: readonly number[],
): Promise<number> {
  const redriven = ids.length === 0 ? 0 : await ports.queue.redrive(ids);
  await recordAudit(ports.meta, actor, {
    action: "dead_letters.redrive",
    target: `${redriven} records`,
    at: ports.now(),
  });
  return redriven;
}
