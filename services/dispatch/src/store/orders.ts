import { firstTime } from '@shopstack/bus/mysql';
import type { OrderStatus } from '@shopstack/contracts/order';
import { inBatches } from '@shopstack/kit/batch';
import type { Answer, IdempotencyRef } from '@shopstack/kit/idempotency';
import { problem } from '@shopstack/kit/problem';
import { type Database, isDuplicate } from '@shopstack/sql/database';
import { keepAnswer } from '@shopstack/sql/idempotency';
import { sql } from 'kysely';
import { type Cause, firstEntries } from '../domain/journey.ts';
import type { OrderContent, OrderRecord } from '../domain/order.ts';
import { beginSaga } from '../domain/saga/decide.ts';
import type { Reply } from '../domain/saga/messages.ts';
import type { Input } from '../domain/saga/saga.ts';
import { withoutFollowToken } from './answers.ts';
import { writeJourney } from './journey.ts';
import { keepPaymentToken } from './payment-tokens.ts';
import { contentColumn, orderColumns, readOrder, termsOf, viewColumn, writeSagaBody } from './records.ts';
import type { Schema, Trx } from './schema.ts';
import { writeTimers } from './timer-rows.ts';
import { advance, type Held, leaveToSend, lockSaga, type Rules } from './transitions.ts';

export interface NewOrder {
  id: string;
  number: string;
  userId: string | undefined;
  email: string;
  cartId: string;
  cartVersion: number;
  content: OrderContent;
  paymentToken: string;
}
/** Makes the answer to a request; kept in the transaction that makes it true. */
export interface Kept<T> {
  ref: IdempotencyRef | undefined;
  answer: (it: T) => Answer;
}
export interface Wish {
  by: string;
  note?: string | undefined;
  means: (held: Held, at: string) => Input | undefined;
}
interface CartVersion {
  cartId: string;
  cartVersion: number;
}
type Heard = NonNullable<Cause['heard']>;
/** Of one statement: carts that are ordered at the same time. */
const CARTS_TOGETHER = 100;
const REPLIES = 'dispatch.replies';

export function openOrders(database: Database<Schema>, rules: Rules) {
  const { db } = database;
  const read = async (id: string): Promise<OrderRecord | undefined> => {
    const row = await db.selectFrom('orders').select(orderColumns).where('id', '=', id).executeTakeFirst();
    return row && readOrder(row);
  };
  const ofCart = inBatches(CARTS_TOGETHER, async (carts: readonly CartVersion[]) => {
    const wanted = carts.map(({ cartId, cartVersion }) => sql`(${cartId}, ${cartVersion})`);
    const { rows } = await sql<{ id: string; cart_id: string; cart_version: number }>`
      select id, cart_id, cart_version from orders
      where (cart_id, cart_version) in (${sql.join(wanted)})`.execute(db);
    const found = new Map(rows.map((row) => [`${row.cart_id} ${row.cart_version}`, row.id]));
    return carts.map(({ cartId, cartVersion }) => found.get(`${cartId} ${cartVersion}`));
  });

  return {
    read,
    /** The order that was made of a cart as it was then. */
    ofCart: (cartId: string, cartVersion: number) => ofCart({ cartId, cartVersion }),

    /** @returns `taken` when the cart's version has an order already, or when the number is somebody else's. */
    async place(wanted: NewOrder, kept: Kept<OrderRecord>): Promise<OrderRecord | 'taken'> {
      try {
        const order = await database.transaction((trx) => insertOrder(trx, rules, wanted, kept));
        rules.witness?.placed(order);
        return order;
      } catch (error) {
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },

    /**
     * What a participant told. Resolves to `repeated` when it was told before, `unknown` when we have no such order.
     */
    async learn(message: Reply, heard: Heard): Promise<OrderRecord | 'repeated' | 'unknown'> {
      const move = await database.transaction(async (trx) => {
        if (!(await firstTime(trx, REPLIES, heard.messageId))) return 'repeated';
        const held = await lockSaga(trx, message.data.orderId);
        if (!held) return 'unknown';
        return advance(trx, rules, held, { input: { kind: 'message', message }, heard });
      });
      if (typeof move === 'string') return move;
      rules.witness?.moved(move);
      return move.after.order;
    },

    /**
     * What a person wants. `wish` says what that means for the order as it is now, nothing when it is so already, or
     * throws a Problem.
     */
    async act(orderId: string, wish: Wish, kept: Kept<Held>): Promise<Held> {
      const { move, held } = await database.transaction(async (trx) => {
        const held = await lockSaga(trx, orderId);
        if (!held) throw problem('not-found');
        const input = wish.means(held, new Date().toISOString());
        const move = input && (await advance(trx, rules, held, { input, person: wish }));
        if (kept.ref) await keepAnswer(trx, kept.ref, kept.answer(move?.after ?? held));
        return { move, held };
      });
      if (move) rules.witness?.moved(move);
      return move?.after ?? held;
    },

    /** Newest first; ids sort by time. */
    async list(filter: {
      state: OrderStatus | undefined;
      where: { column: 'id' | 'number' | 'email'; value: string } | undefined;
      before: string | undefined;
      limit: number;
    }): Promise<OrderRecord[]> {
      let query = db.selectFrom('orders').select(orderColumns).orderBy('id', 'desc').limit(filter.limit);
      if (filter.state !== undefined) query = query.where('status', '=', filter.state);
      const { column, value } = filter.where ?? {};
      if (column !== undefined && value !== undefined) query = query.where(column, '=', value);
      if (filter.before !== undefined) query = query.where('id', '<', filter.before);
      return (await query.execute()).map(readOrder);
    },
  };
}
export type Orders = ReturnType<typeof openOrders>;

async function insertOrder(
  trx: Trx,
  rules: Rules,
  wanted: NewOrder,
  kept: Kept<OrderRecord>,
): Promise<OrderRecord> {
  const now = new Date();
  const at = now.toISOString();
  const { saga, effects } = beginSaga(
    { orderId: wanted.id, terms: termsOf(wanted.content) },
    { at, timing: rules.timing },
  );
  const { paymentToken, ...agreed } = wanted;
  const order: OrderRecord = { ...agreed, version: 1, view: saga.view, placedAt: at, updatedAt: at };
  const view = viewColumn.write(saga.view);
  await trx
    .insertInto('orders')
    .values({
      id: order.id,
      number: order.number,
      user_id: order.userId ?? null,
      email: order.email,
      cart_id: order.cartId,
      cart_version: order.cartVersion,
      version: 1,
      status: saga.view.status,
      total_minor: order.content.total.amountMinor,
      currency: order.content.total.currency,
      content: contentColumn.write(order.content),
      view,
      placed_at: now,
      updated_at: now,
    })
    .execute();
  const { orderId, state } = saga;
  await trx
    .insertInto('sagas')
    .values({ order_id: orderId, state, version: 1, body: writeSagaBody(saga), updated_at: now })
    .execute();
  await trx.insertInto('order_events').values({ order_id: orderId, version: 1, view, at: now }).execute();
  await keepPaymentToken(trx, orderId, paymentToken);
  await writeTimers(trx, orderId, state, effects);
  const told = await leaveToSend(trx, rules, order, { effects });
  await writeJourney(trx, orderId, now, firstEntries(told));
  if (kept.ref) await keepAnswer(trx, kept.ref, withoutFollowToken(kept.answer(order)));
  return order;
}
