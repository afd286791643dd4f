import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@shopstack/kit/log';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Link } from './link.ts';

/** A channel with our consumer on it; `open` turns false when its deliveries can no longer be settled. */
export interface Session {
  readonly open: boolean;
  ack(message: ConsumeMessage): void;
}
export interface Consumer {
  /** Takes no more messages, lets running handlers end (up to `withinMs`) and gives the rest back. */
  close(withinMs?: number): Promise<void>;
  running(): number;
}
export interface Gate {
  /** Waits while the consumer is paused; false when the delivery is no longer ours to handle. */
  open(session: Session): Promise<boolean>;
  /** True when the consumer's own store is away; pauses the consumer until it is back. */
  storeIsAway(): Promise<boolean>;
}
export interface ConsumerSettings {
  queue: string;
  prefetch: number;
  /** False while the consumer's own store is away: nothing is delivered and no attempt is spent. */
  ready: () => boolean | Promise<boolean>;
  /** Settles the delivery itself and never rejects. */
  deliver(session: Session, message: ConsumeMessage, gate: Gate): Promise<void>;
}

const LOOK_AGAIN_MS = 1000;

const READY_WITHIN_MS = 3000;
const HOLD_STEP_MS = 100;

type LiveSession = Session & { open: boolean; channel: Channel; tag: string | undefined };

/** Consumes for as long as it is not closed: after every reconnect, cancel or channel error it starts again. */
export function startConsumer(link: Link, settings: ConsumerSettings, log: Logger): Consumer {
  const { queue } = settings;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  let session: LiveSession | undefined;
  let paused = false;

  const isReady = (): Promise<boolean> => {
    const late = sleep(READY_WITHIN_MS, false, { ref: false });
    return Promise.race([Promise.resolve().then(settings.ready), late]).catch(() => false);
  };
  const cancel = async () => {
    const tag = session?.tag;
    if (!session?.open || tag === undefined) return;
    session.tag = undefined;
    await session.channel.cancel(tag).catch(() => undefined);
  };
  const pauseUntilReady = async () => {
    if (paused) return;
    paused = true;
    log.warn({ queue }, 'consumer paused: its store is away');
    await cancel();
    do await pause(LOOK_AGAIN_MS, stop.signal);
    while (!stop.signal.aborted && !(await isReady()));
    paused = false;
    if (stop.signal.aborted) return;
    log.info({ queue }, 'consumer resumes');
    if (session?.open) await subscribe(session).catch(() => drop(session));
  };
  const gate: Gate = {
    open: async (of) => {
      while (paused && of.open && !stop.signal.aborted) await pause(HOLD_STEP_MS, stop.signal);
      return of.open && !(paused && stop.signal.aborted);
    },
    storeIsAway: async () => {
      if (await isReady()) return false;
      void pauseUntilReady();
      return true;
    },
  };
  const receive = (of: LiveSession, message: ConsumeMessage | null) => {
    if (!message) return drop(of);
    if (stop.signal.aborted) return;
    const work = settings.deliver(of, message, gate).finally(() => running.delete(work));
    running.add(work);
  };
  const subscribe = async (of: LiveSession) => {
    if (of.tag !== undefined) return;
    of.tag = `${queue}-${randomUUID()}`;
    await of.channel.consume(queue, (message) => receive(of, message), { consumerTag: of.tag });
  };
  const drop = (of: LiveSession | undefined) => {
    if (!of) return;
    of.open = false;
    of.channel.close().catch(() => undefined);
  };
  const start = async () => {
    if (stop.signal.aborted || session || link.state() === 'down') return;
    const model = link.model();
    if (!model) return;
    const opening = createSession(await model.createChannel(), log, queue);
    session = opening;
    opening.channel.once('close', () => {
      opening.open = false;
      if (session === opening) session = undefined;
    });
    await opening.channel.prefetch(settings.prefetch);
    if (!paused && !(await gate.storeIsAway())) await subscribe(opening);
  };
  const keepStarted = async () => {
    while (!stop.signal.aborted) {
      await start().catch((error: unknown) => {
        log.warn({ queue, reason: String(error) }, 'consumer could not start');
        drop(session);
      });
      await pause(session ? LOOK_AGAIN_MS : LOOK_AGAIN_MS / 4, stop.signal);
    }
  };
  const kept = keepStarted();

  return {
    running: () => running.size,
    close: async (withinMs = 15_000) => {
      await cancel();
      stop.abort();
      await Promise.race([Promise.allSettled([...running]), sleep(withinMs, undefined, { ref: false })]);
      const channel = session?.open ? session.channel : undefined;
      await channel?.close().catch(() => undefined);
      await kept;
    },
  };
}

function createSession(channel: Channel, log: Logger, queue: string): LiveSession {
  channel.on('error', (error) => log.warn({ queue, reason: error.message }, 'consuming channel failed'));
  const session: LiveSession = {
    channel,
    open: true,
    tag: undefined,
    ack: (message) => {
      if (!session.open) return;
      try {
        channel.ack(message);
      } catch {
        session.open = false;
      }
    },
  };
  return session;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
