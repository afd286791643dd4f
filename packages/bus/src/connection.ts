import { setTimeout as sleep } from 'node:timers/promises';
import { knownOf } from '@shopstack/contracts/telemetry/carried';
import type { Logger } from '@shopstack/kit/log';
import { inTrace } from '@shopstack/kit/trace';
import { inWork } from '@shopstack/kit/work';
import type { ConsumeMessage } from 'amqplib';
import { type Consumer, type ConsumerSettings, startConsumer } from './consumer.ts';
import { type DeadLetter, readDeadLetter, readUnrouted } from './dead-letter.ts';
import { absentQueues, declareTopology } from './declaration.ts';
import { createDeadLetterDelivery, createDelivery } from './delivery.ts';
import { BusAway } from './errors.ts';
import type { Handler } from './handler.ts';
import { type Link, type LinkState, openLink } from './link.ts';
import * as measures from './measures.ts';
import { encode, type OutgoingMessage, readHeaders } from './message.ts';
import { createPublisher, type Packet } from './publisher.ts';
import { type Replayable, replayPacket } from './settlement.ts';
import { createTopology, deadLetterQueue, exchangeFor, type Topology, unrouted } from './topology.ts';

export type BusState = LinkState;
export type { Consumer } from './consumer.ts';
export type { DeadLetter } from './dead-letter.ts';
export type { Replayable } from './settlement.ts';

const ANSWER_WITHIN_MS = 3000;

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
type KeepOptions = ConsumeOptions & { handle: (letter: DeadLetter) => Promise<void> };
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
  consumeDeadLetters(options: KeepOptions): Consumer;
  /** The messages no queue wanted, likewise. */
  consumeUnrouted(options: KeepOptions): Consumer;
  /** The same bytes and message id to the queue they died in; rejects like `publish`. */
  replay(letter: Replayable): Promise<void>;
  /** Those of these queues that the broker does not have; rejects with BusAway. */
  absentQueues(names: readonly string[]): Promise<string[]>;
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
  const keep = (queue: string, read: (message: ConsumeMessage) => DeadLetter, options: KeepOptions) => {
    const { handle, ...it } = options;
    return start({ ...it, queue, deliver: createDeadLetterDelivery(read, handle, around(queue)) });
  };

  return {
    publish: (message) => {
      const packet = {
        exchange: exchangeFor(message.kind),
        routingKey: message.type,
        ...encode(message, service),
      };
      return inTrace(message.traceparent, () => inWork(knownOf(message), () => publish(packet)));
    },
    consume: ({ handlers, ...it }) => start({ ...it, deliver: createDelivery(handlers, around(it.queue)) }),
    consumeDeadLetters: (it) => keep(deadLetterQueue, readDeadLetter, it),
    consumeUnrouted: (it) => keep(unrouted, readUnrouted, it),
    replay: (letter) => {
      const { traceparent } = readHeaders(letter.properties.headers);
      return inTrace(traceparent, () => publish(replayPacket(letter)));
    },
    absentQueues: async (names) => {
      const model = publishing.model();
      if (!model) throw new BusAway('the broker is down');
      const silent = sleep(ANSWER_WITHIN_MS, undefined, { ref: false });
      const looked = absentQueues(model, names).catch((cause: unknown) => {
        throw new BusAway('the connection is closing', { cause });
      });
      const absent = await Promise.race([looked, silent]);
      if (!absent) throw new BusAway(`no answer within ${ANSWER_WITHIN_MS} ms`);
      return absent;
    },
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
