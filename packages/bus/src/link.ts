import type { Logger } from '@shopstack/kit/log';
import { type ChannelModel, connect } from 'amqplib';
import { TopologyMismatch } from './errors.ts';

export type LinkState = 'up' | 'down' | 'blocked';
/** One connection that keeps coming back, by amqplib's own recovery. */
export interface Link {
  state(): LinkState;
  model(): ChannelModel | undefined;
  /** Calls back on every change; returns how to stop that. */
  onState(listener: (state: LinkState) => void): () => void;
  /** Resolves true when connected, false after `waitMs`; rejects when the broker's topology cannot work. */
  settled(waitMs: number): Promise<boolean>;
  close(): Promise<void>;
}

const HEARTBEAT_SECONDS = 5;

/** Resolves at once; `setup` runs after every connect, before the link counts as up. */
export async function openLink(options: {
  url: string;
  name: string;
  log: Logger;
  setup: (model: ChannelModel) => Promise<void>;
}): Promise<Link> {
  const { log, name } = options;
  const listeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'down';
  let model: ChannelModel | undefined;
  let fault: TopologyMismatch | undefined;
  const turn = (next: LinkState) => {
    if (state === next) return;
    log.info({ connection: name, from: state, to: next }, 'broker connection changed');
    state = next;
    for (const listener of listeners) listener(next);
  };

  const connection = await connect(withHeartbeat(options.url), {
    timeout: 5000,
    noDelay: true,
    keepAlive: true,
    clientProperties: { connection_name: name },
    recovery: {
      initialDelay: 200,
      maxDelay: 3000,
      waitForConnect: false,
      setup: async (it: ChannelModel) => {
        it.on('error', () => undefined);
        await options.setup(it);
      },
    },
  });
  connection.on('connect', (it: ChannelModel) => {
    model = it;
    fault = undefined;
    turn('up');
  });
  connection.on('disconnect', (error: Error) => {
    model = undefined;
    log.warn({ connection: name, reason: error.message }, 'broker connection lost');
    turn('down');
  });
  connection.on('connect-failed', (error: Error) => {
    if (error instanceof TopologyMismatch) {
      fault = error;
      log.error({ connection: name, reason: error.message }, 'the broker cannot be used');
      for (const listener of listeners) listener(state);
    } else log.debug({ connection: name, reason: error.message }, 'broker is away');
  });
  connection.on('blocked', (reason: string) => {
    log.warn({ connection: name, reason }, 'the broker blocks publishers');
    turn('blocked');
  });
  connection.on('unblocked', () => turn('up'));
  connection.on('error', () => undefined);

  return {
    state: () => state,
    model: () => model,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: (waitMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (fault) end(() => reject(fault));
          else if (state !== 'down') end(() => resolve(true));
        };
        const end = (tell: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          tell();
        };
        const timer = setTimeout(() => end(() => resolve(false)), waitMs);
        listeners.add(look);
        look();
      }),
    close: async () => {
      await connection.close();
      model = undefined;
      turn('down');
    },
  };
}

function withHeartbeat(url: string): string {
  const it = new URL(url);
  if (!it.searchParams.has('heartbeat')) it.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS));
  return it.href;
}
