import type { OutgoingMessage } from '@shopstack/bus/message';
import { appendOutbox } from '@shopstack/bus/mysql';
import type { OrderStatus } from '@shopstack/contracts/order';
import { type Cause, entriesOf } from '../domain/journey.ts';
import type { OrderRecord } from '../domain/order.ts';
import { decide } from '../domain/saga/decide.ts';
import type { Decision, Effect, Input, Saga } from '../domain/saga/saga.ts';
import type { Timing } from '../domain/saga/timing.ts';
import { writeJourney } from './journey.ts';
import { forgetPaymentToken, takePaymentToken, tokenTravels } from './payment-tokens.ts';
import { orderColumns, readOrder, readSaga, viewColumn, writeSagaBody } from './records.ts';
import type { Trx } from './schema.ts';
import { writeTimers } from './timer-rows.ts';

/** An effect that tells somebody something, and the message that does. */
export interface Composed {
  effect: Effect;
  message: OutgoingMessage;
}
export type Compose = (
  order: OrderRecord,
  effects: readonly Effect[],
  circumstances: { paymentToken?: string | undefined; causationId?: string | undefined },
) => Composed[];
export interface Rules {
  compose: Compose;
  timing: Timing;
  witness?: Witness;
}
/** An order with its saga, read under its lock. */
export interface Held {
  order: OrderRecord;
  saga: Saga;
  version: number;
}

/** A transition that was committed. */
export interface Move {
  before: Held;
  after: Held;
  /** Statuses that were reached with it, in their order. */
  reached: readonly OrderStatus[];
  input: Input;
}
/** Told after the commit; what it does cannot undo anything. */
export interface Witness {
  placed(order: OrderRecord): void;
  moved(move: Move): void;
}

/** Locks the order's saga: whoever else wants to change the order waits, or passes by with `skipLocked`. */
export async function lockSaga(trx: Trx, orderId: string, skipLocked = false): Promise<Held | undefined> {
  const locking = trx.selectFrom('sagas').selectAll().where('order_id', '=', orderId).forUpdate();
  const row = await (skipLocked ? locking.skipLocked() : locking).executeTakeFirst();
  if (!row) return undefined;
  const found = trx.selectFrom('orders').select(orderColumns).where('id', '=', orderId);
  const order = readOrder(await found.executeTakeFirstOrThrow());
  return { order, saga: readSaga(row, order), version: row.version };
}

/** Decides and writes everything that follows: saga, order, its event, journey, outbox and timers. All or nothing. */
export async function advance(trx: Trx, rules: Rules, held: Held, cause: Cause): Promise<Move> {
  const now = new Date();
  const decision = decide(held.saga, cause.input, { at: now.toISOString(), timing: rules.timing });
  const after = await write(trx, rules, held, { cause, decision, now });
  const reached = decision.effects.flatMap((it) => (it.kind === 'status' ? [it.status] : []));
  return { before: held, after, reached, input: cause.input };
}

async function write(
  trx: Trx,
  rules: Rules,
  held: Held,
  { cause, decision, now }: { cause: Cause; decision: Decision; now: Date },
): Promise<Held> {
  const { saga, effects } = decision;
  await writeSaga(trx, held, saga, now);
  await writeTimers(trx, held.order.id, saga.state, effects);
  const order = await writeOrder(trx, held.order, decision, now);
  if (saga.undoing && !held.saga.undoing) await forgetPaymentToken(trx, order.id);
  const told = await leaveToSend(trx, rules, order, { effects, causationId: cause.heard?.messageId });
  await writeJourney(trx, order.id, now, entriesOf({ before: held.saga, after: saga, cause, told }));
  return { order, saga, version: held.version + 1 };
}

const carriers: readonly string[] = ['payment.authorise', 'payment.charge'];

/** Puts what a transition sends into the outbox; the payment token travels with the first command that needs it. */
export async function leaveToSend(
  trx: Trx,
  { compose }: Rules,
  order: OrderRecord,
  { effects, causationId }: { effects: readonly Effect[]; causationId?: string | undefined },
): Promise<Composed[]> {
  const pays = effects.some((it) => it.kind === 'send' && carriers.includes(it.command));
  const paymentToken = pays ? await takePaymentToken(trx, order.id) : undefined;
  const told = compose(order, effects, { paymentToken, causationId });
  await appendOutbox(
    trx,
    told.map(({ message }) => message),
  );
  const carrier = told.find(({ effect }) => effect.kind === 'send' && carriers.includes(effect.command));
  if (paymentToken !== undefined && carrier) await tokenTravels(trx, order.id, carrier.message.id);
  return told;
}

async function writeSaga(trx: Trx, held: Held, saga: Saga, now: Date): Promise<void> {
  const { orderId, state } = saga;
  const { numUpdatedRows } = await trx
    .updateTable('sagas')
    .set({ state, body: writeSagaBody(saga), version: held.version + 1, updated_at: now })
    .where('order_id', '=', orderId)
    .where('version', '=', held.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Error(`the saga of ${orderId} changed although it was locked`);
}

async function writeOrder(
  trx: Trx,
  before: OrderRecord,
  decision: Decision,
  now: Date,
): Promise<OrderRecord> {
  const { view } = decision.saga;
  const text = viewColumn.write(view);
  if (text === viewColumn.write(before.view)) return before;
  const told = decision.effects.filter((it) => 'status' in it).length;
  const version = before.version + Math.max(1, told);
  const order: OrderRecord = { ...before, view, version, updatedAt: now.toISOString() };
  await trx
    .updateTable('orders')
    .set({ view: text, version, status: view.status, updated_at: now })
    .where('id', '=', order.id)
    .where('version', '=', before.version)
    .execute();
  await trx.insertInto('order_events').values({ order_id: order.id, version, view: text, at: now }).execute();
  return order;
}
