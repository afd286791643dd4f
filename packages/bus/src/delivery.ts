import { setTimeout as sleep } from 'node:timers/promises';
import { type Known, knownOf } from '@shopstack/contracts/telemetry/carried';
import type { Logger } from '@shopstack/kit/log';
import { inTrace } from '@shopstack/kit/trace';
import { inWork } from '@shopstack/kit/work';
import type { ConsumeMessage } from 'amqplib';
import type { Gate, Session } from './consumer.ts';
import type { DeadLetter } from './dead-letter.ts';
import { PermanentError } from './errors.ts';
import type { Handler } from './handler.ts';
import * as measures from './measures.ts';
import { decode, readHeaders } from './message.ts';
import type { Packet } from './publisher.ts';
import { ATTEMPTS, deadLetterPacket, delayAfter, retryPacket } from './settlement.ts';
import { replay } from './topology.ts';

interface Surroundings {
  queue: string;
  delaysMs: readonly number[];
  publish(packet: Packet): Promise<void>;
  log: Logger;
}
type Understood =
  | { ok: true; type: string; known: Known; time: string; run: () => Promise<void> }
  | { ok: false; type: string; reason: 'malformed' | 'unknown-type'; detail: string };
type Reason = 'malformed' | 'unknown-type' | 'permanent' | 'attempts-exhausted';
type Outcome = { result: 'done' } | { result: 'abandoned' } | { result: 'failed'; error: unknown };

/** What becomes of one delivery: done, tried again later, or given up. Acknowledged only when that is safe. */
export function createDelivery(handlers: readonly Handler[], around: Surroundings) {
  const { queue, log } = around;
  const byType = new Map(handlers.map((handler) => [handler.type, handler]));

  const settle = async (
    { session, message, gate }: { session: Session; message: ConsumeMessage; gate: Gate },
    understood: Understood,
  ): Promise<void> => {
    const { type } = understood;
    const { attempt, traceparent } = readHeaders(message.properties.headers);
    const about = {
      queue,
      type,
      messageId: message.properties.messageId,
      subject: message.properties.correlationId,
    };
    const finish = (result: 'done' | 'retried' | 'dead') => {
      session.ack(message);
      measures.consumed.inc({ queue, type, result });
    };
    const giveUp = async (reason: Reason, detail: string) => {
      log.error({ ...about, reason, detail }, 'message became a dead letter');
      const packet = deadLetterPacket(message, { queue, reason, detail });
      if (!(await publishUntilDone(around, session, packet))) return;
      measures.deadLettered.inc({ queue, reason });
      finish('dead');
    };
    if (!understood.ok) return giveUp(understood.reason, understood.detail);

    const outcome = await inTrace(traceparent, () =>
      attemptOnce(session, gate, understood.run, { queue, type }),
    );
    if (outcome.result === 'done') return finish('done');
    if (outcome.result === 'abandoned') return;
    const detail = outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
    if (outcome.error instanceof PermanentError) return giveUp('permanent', detail);
    if (attempt >= ATTEMPTS) return giveUp('attempts-exhausted', detail);

    const delayMs = delayAfter(attempt, around.delaysMs);
    log.warn({ ...about, attempt, delayMs, err: outcome.error }, 'message will be tried again');
    const packet = retryPacket(message, { queue, attempt: attempt + 1, delayMs });
    if (!(await publishUntilDone(around, session, packet))) return;
    measures.retried.inc({ queue, delay_ms: String(delayMs) });
    finish('retried');
  };
  return async (session: Session, message: ConsumeMessage, gate: Gate): Promise<void> => {
    const understood = understand(byType, message, queue);
    const work = () => settle({ session, message, gate }, understood);
    measures.running.add(1, { queue });
    if (understood.ok && isFirst(message))
      measures.lagSeconds.observe(secondsSince(understood.time), { queue });
    try {
      await inWork(understood.ok ? understood.known : {}, work);
    } finally {
      measures.running.add(-1, { queue });
    }
  };
}

/** Neither a retry nor a replay, whose age says nothing about the queue. */
const isFirst = ({ fields }: ConsumeMessage): boolean => fields.exchange !== replay && !fields.redelivered;
const secondsSince = (time: string): number => Math.max(0, (Date.now() - Date.parse(time)) / 1000);

function understand(
  byType: ReadonlyMap<string, Handler>,
  message: ConsumeMessage,
  queue: string,
): Understood {
  const decoded = decode(message.content, message.properties.headers, queue);
  if (!decoded.ok) return { ok: false, type: 'malformed', reason: 'malformed', detail: decoded.detail };
  const handler = byType.get(decoded.message.type);
  if (!handler) {
    return { ok: false, type: 'unknown', reason: 'unknown-type', detail: decoded.message.type };
  }
  const prepared = handler.prepare(decoded.message);
  if (!prepared.ok) return { ok: false, type: handler.type, reason: 'malformed', detail: prepared.detail };
  const { time } = decoded.message;
  return { ok: true, type: handler.type, known: knownOf(decoded.message), time, run: prepared.run };
}

/** Failures while the store is away are not attempts: the handler runs again when the store is back. */
async function attemptOnce(
  session: Session,
  gate: Gate,
  run: () => Promise<void>,
  labels: { queue: string; type: string },
): Promise<Outcome> {
  for (;;) {
    if (!(await gate.open(session))) return { result: 'abandoned' };
    const end = measures.handlerSeconds.startTimer();
    try {
      await run();
      return { result: 'done' };
    } catch (error) {
      if (error instanceof PermanentError || !(await gate.storeIsAway())) return { result: 'failed', error };
    } finally {
      end(labels);
    }
  }
}

/** False when the delivery was taken from us meanwhile: whoever gets it next decides again. */
async function publishUntilDone(around: Surroundings, session: Session, packet: Packet): Promise<boolean> {
  for (;;) {
    if (!session.open) return false;
    try {
      await around.publish(packet);
      return true;
    } catch (error) {
      around.log.warn(
        { queue: around.queue, exchange: packet.exchange, reason: String(error) },
        'still settling',
      );
      await sleep(500);
    }
  }
}

/** For the dead letters themselves: they have nowhere else to go, so a failing handler is called again until it works. */
export function createDeadLetterDelivery(
  read: (message: ConsumeMessage) => DeadLetter,
  handle: (letter: DeadLetter) => Promise<void>,
  around: Surroundings,
) {
  return async (session: Session, message: ConsumeMessage, gate: Gate): Promise<void> => {
    const letter = read(message);
    for (let waitMs = 500; await gate.open(session); waitMs = Math.min(waitMs * 2, 15_000)) {
      try {
        await handle(letter);
        session.ack(message);
        measures.consumed.inc({ queue: around.queue, type: 'dead-letter', result: 'done' });
        return;
      } catch (error) {
        around.log.warn({ queue: around.queue, err: error }, 'dead letter could not be kept yet');
        if (!(await gate.storeIsAway())) await sleep(waitMs);
      }
    }
  };
}
