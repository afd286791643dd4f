import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@shopstack/kit/log';
import { type Consumer, type ConsumerSettings, startConsumer } from './consumer.ts';
import { declareTopology } from './declaration.ts';
import { createDeadLetterDelivery, createDelivery } from './delivery.ts';
import { BusAway } from './errors.ts';
import type { Handler } from './handler.ts';
import { type Link, type LinkState, openLink } from './link.ts';
import * as measures from './measures.ts';
import { encode, type OutgoingMessage } from './message.ts';
import { createPublisher, type Packet } from './publisher.ts';
import { type DeadLetter, replayPacket } from './settlement.ts';
import { createTopology, deadLetterQueue, exchangeFor, type Topology } from './topology.ts';
import { inTrace } from './trace.ts';

export type BusState = LinkState;
export type { Consumer } from './consumer.ts';
export type { DeadLetter } from './settlement.ts';

export interface BusSettings {
  /** amqp://user:password@host:port/vhost */
  url: string;
  /** The service's name: prefix of its queues, sender of its messages. */
  service: string;
  log: Logger;
  /** Another topology, for tests: shorter delays, queues of its own. */
  topology?: Topology;
  confirmWithinMs?: number;
  /** How long the start waits for the broker before it goes on without; 3 s unless told. */
  connectWaitMs?: number;
}
interface ConsumeOptions {
  /** Messages under way at the same time; 10 unless told, 1 keeps their order. */
  prefetch?: number;
  /** False while the consumer's own store is away: then nothing is consumed and no attempt is spent. */
  ready?: () => boolean | Promise<boolean>;
}
export interface Bus {
  /**
   * Resolves when the broker has the message safely in a queue. Rejects with BusAway (not sent), Unroutable, or
   * NotConfirmed (may have arrived). Business code uses an outbox instead.
   */
  publish(message: OutgoingMessage): Promise<void>;
  /** Handles the messages of a queue until it or the bus is closed. */
  consume(options: ConsumeOptions & { queue: string; handlers: readonly Handler[] }): Consumer;
  /** The messages every service gave up. A rejecting `handle` is called again until it works. */
  consumeDeadLetters(options: ConsumeOptions & { handle: (letter: DeadLetter) => Promise<void> }): Consumer;
  /** The same bytes and message id to the queue they died in; rejects like `publish`. */
  replay(letter: Pick<DeadLetter, 'queue' | 'content' | 'properties'>): Promise<void>;
  state(): BusState;
  onState(listener: (state: BusState) => void): () => void;
  /** For health: rejects with the reason unless messages can be published. */
  check(): Promise<void>;
  /** Ends consumers and their running handlers, waits for confirms, closes the connections. */
  close(): Promise<void>;
}

/**
 * Connects to the broker and keeps connecting; resolves also while the broker is away (state 'down').
 * Rejects with TopologyMismatch when the broker's queues are not what this code needs.
 */
export async function openBus(settings: BusSettings): Promise<Bus> {
  const { url, service, log, topology = createTopology() } = settings;
  const publisher = createPublisher({
    state: () => publishing.state(),
    confirmWithinMs: settings.confirmWithinMs ?? 10_000,
    log,
  });
  const publishing: Link = await openLink({
    url,
    name: `${service} publishes`,
    log,
    setup: async (model) => {
      await declareTopology(model, topology, service);
      await publisher.attach(model);
    },
  });
  publishing.onState((state) => measures.busUp.set(state === 'up' ? 1 : 0));
  await settle(publishing, settings.connectWaitMs ?? 3000);

  // A blocked connection is not read by the broker: acknowledgements must not share one with publishing.
  let consuming: Promise<Link> | undefined;
  const consumers = new Set<Promise<Consumer>>();
  const publish = (packet: Packet) => publisher.publish(packet);
  const start = (it: Omit<ConsumerSettings, 'prefetch' | 'ready'> & ConsumeOptions): Consumer => {
    consuming ??= openLink({ url, name: `${service} consumes`, log, setup: async () => undefined });
    const full = { ...it, prefetch: it.prefetch ?? 10, ready: it.ready ?? (() => true) };
    const started = consuming.then((link) => startConsumer(link, full, log));
    let live: Consumer | undefined;
    void started.then((consumer) => {
      live = consumer;
    });
    consumers.add(started);
    return {
      running: () => live?.running() ?? 0,
      close: async (withinMs) => (await started).close(withinMs),
    };
  };
  const around = (queue: string) => ({ queue, delaysMs: topology.delaysMs, publish, log });

  return {
    publish: (message) =>
      inTrace(message.traceparent, () =>
        publish({
          exchange: exchangeFor(message.kind),
          routingKey: message.type,
          ...encode(message, service),
        }),
      ),
    consume: ({ handlers, ...it }) => start({ ...it, deliver: createDelivery(handlers, around(it.queue)) }),
    consumeDeadLetters: ({ handle, ...it }) =>
      start({
        ...it,
        queue: deadLetterQueue,
        deliver: createDeadLetterDelivery(handle, around(deadLetterQueue)),
      }),
    replay: (letter) => publish(replayPacket(letter)),
    state: () => publishing.state(),
    onState: (listener) => publishing.onState(listener),
    check: async () => {
      if (publishing.state() !== 'up') throw new BusAway(`the broker is ${publishing.state()}`);
    },
    close: async () => {
      await Promise.all([...consumers].map(async (consumer) => (await consumer).close()));
      for (let waited = 0; publisher.pending() > 0 && waited < 5000; waited += 50) await sleep(50);
      await Promise.all([publishing.close(), consuming?.then((link) => link.close())]);
    },
  };
}

async function settle(link: Link, waitMs: number): Promise<void> {
  try {
    await link.settled(waitMs);
  } catch (error) {
    await link.close();
    throw error;
  }
}
