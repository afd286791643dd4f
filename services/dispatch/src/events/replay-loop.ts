import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@shopstack/bus/connection';
import { Unroutable } from '@shopstack/bus/errors';
import { startLoop } from '@shopstack/bus/relay';
import type { Logger } from '@shopstack/kit/log';
import { counter } from '@shopstack/kit/metrics';
import { judgeReplay } from '../domain/dead-letter-replay.ts';
import type { Due, ReplayQueue } from '../store/replay-queue.ts';

const POLL_MS = 500;
const replays = counter('shop_dead_letter_replays_total');

interface Deps {
  replayQueue: ReplayQueue;
  bus: Pick<Bus, 'state' | 'replay'>;
  log: Logger;
}

/** Sends accepted replays, each when its turn has come. What was accepted before a restart goes on after it. */
export function startReplayLoop({ replayQueue, bus, log }: Deps) {
  return startLoop(
    async (stop) => {
      if (bus.state() !== 'up') return 'idle';
      const due = await replayQueue.claim();
      if (due === 'passed') return 'more';
      if (due !== 'none') {
        await send({ replayQueue, bus, log }, due);
        return 'more';
      }
      const waitMs = (await replayQueue.nextInMs()) ?? POLL_MS;
      if (waitMs >= POLL_MS) return 'idle';
      await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
      return 'more';
    },
    {
      pollMs: POLL_MS,
      onError: (error, again) => again || log.warn({ reason: String(error) }, 'replays wait'),
    },
  );
}

async function send({ replayQueue, bus, log }: Deps, { letter, order }: Due): Promise<void> {
  const about = { deadLetter: letter.id, queue: letter.queue, messageId: letter.properties.messageId };
  const giveUp = async (reason: string) => {
    await replayQueue.fail(letter.id, reason);
    replays.inc({ result: 'refused' });
    log.warn({ ...about, reason }, 'dead letter was not replayed');
  };
  // The order may have ended since a person asked.
  const verdict = judgeReplay(letter, { absent: new Set(), order });
  if (!verdict.ok) return giveUp(verdict.reason);
  try {
    for (const queue of verdict.queues) await bus.replay({ ...letter, queue });
  } catch (error) {
    if (error instanceof Unroutable) return giveUp(error.message);
    replays.inc({ result: 'put-off' });
    await replayQueue.release(letter.id);
    throw error;
  }
  await replayQueue.settle(letter.id);
  replays.inc({ result: 'sent' });
  log.info(about, 'dead letter replayed');
}
