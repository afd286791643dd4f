import type { OutgoingMessage } from '@shopstack/bus/message';
import { appendOutbox } from '@shopstack/bus/mysql';
import type { OrderRecord } from '../domain/order.ts';
import { decide } from '../domain/saga/decide.ts';
import type { Decision, Effect, Input } from '../domain/saga/saga.ts';
import type { Timing } from '../domain/saga/timing.ts';
import { forgetPaymentToken, takePaymentToken, tokenTravels } from './payment-tokens.ts';
import { bodyColumn, orderColumns, readOrder, readSaga, viewColumn } from './records.ts';
import type { Trx } from './schema.ts';
import { writeTimers } from './timer-rows.ts';

export type Compose = (
  order: OrderRecord,
  effects: readonly Effect[],
  circumstances: { paymentToken?: string | undefined; causationId?: string | undefined },
) => OutgoingMessage[];
export interface Rules {
  compose: Compose;
  timing: Timing;
}
export interface Held {
  order: OrderRecord;
  saga: Decision['saga'];
  version: number;
}

/** Locks the order's saga: whoever else wants to change the order waits, or passes by with `skipLocked`. */
export async function lockSaga(trx: Trx, orderId: string, skipLocked = false): Promise<Held | undefined> {
  const locking = trx.selectFrom('sagas').selectAll().where('order_id', '=', orderId).forUpdate();
  const row = await (skipLocked ? locking.skipLocked() : locking).executeTakeFirst();
  if (!row) return undefined;
  const found = trx.selectFrom('orders').select(orderColumns).where('id', '=', orderId);
  const order = readOrder(await found.executeTakeFirstOrThrow());
  return { order, saga: readSaga(row, order.view), version: row.version };
}

/** Decides and writes everything that follows: saga, order, its event, outbox and timers. All or nothing. */
export async function advance(
  trx: Trx,
  rules: Rules,
  held: Held,
  cause: { input: Input; causationId?: string },
): Promise<OrderRecord> {
  const now = new Date();
  const { saga, effects } = decide(held.saga, cause.input, { at: now.toISOString(), timing: rules.timing });
  await writeSaga(trx, held, saga, now);
  await writeTimers(trx, held.order.id, saga.state, effects);
  const order = await writeOrder(trx, held.order, { saga, effects }, now);
  if (saga.undoing && !held.saga.undoing) await forgetPaymentToken(trx, order.id);
  await leaveToSend(trx, rules, order, { effects, causationId: cause.causationId });
  return order;
}

/** Puts what a transition sends into the outbox; the payment token travels with the first command that needs it. */
export async function leaveToSend(
  trx: Trx,
  { compose }: Rules,
  order: OrderRecord,
  { effects, causationId }: { effects: readonly Effect[]; causationId?: string | undefined },
): Promise<void> {
  const pays = effects.some((it) => it.kind === 'send' && it.command === 'payment.authorise');
  const paymentToken = pays ? await takePaymentToken(trx, order.id) : undefined;
  const messages = compose(order, effects, { paymentToken, causationId });
  await appendOutbox(trx, messages);
  if (paymentToken === undefined) return;
  const carrier = messages.find((it) => it.type.startsWith('payment.authorise.'));
  if (carrier) await tokenTravels(trx, order.id, carrier.id);
}

async function writeSaga(trx: Trx, held: Held, saga: Decision['saga'], now: Date): Promise<void> {
  const { orderId, state, view: _, ...body } = saga;
  const { numUpdatedRows } = await trx
    .updateTable('sagas')
    .set({ state, body: bodyColumn.write(body), version: held.version + 1, updated_at: now })
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
  const statuses = decision.effects.filter((it) => it.kind === 'status').length;
  const version = before.version + Math.max(1, statuses);
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
