import { type Kysely, sql } from 'kysely';
import type { Schema, Trx } from './schema.ts';

export async function keepPaymentToken(trx: Trx, orderId: string, token: string): Promise<void> {
  await trx.insertInto('payment_tokens').values({ order_id: orderId, token, message_id: null }).execute();
}

export async function takePaymentToken(trx: Trx, orderId: string): Promise<string | undefined> {
  const query = trx.selectFrom('payment_tokens').select('token').where('order_id', '=', orderId);
  return (await query.executeTakeFirst())?.token ?? undefined;
}

/** From here on the token is in that outbox row only. */
export async function tokenTravels(trx: Trx, orderId: string, messageId: string): Promise<void> {
  await trx
    .updateTable('payment_tokens')
    .set({ token: null, message_id: messageId })
    .where('order_id', '=', orderId)
    .execute();
}

export async function forgetPaymentToken(trx: Trx, orderId: string): Promise<void> {
  await trx
    .deleteFrom('payment_tokens')
    .where('order_id', '=', orderId)
    .where('message_id', 'is', null)
    .execute();
}

/** Removes published outbox rows that carried a token; call it often. */
export async function removePublishedTokens(db: Kysely<Schema>): Promise<void> {
  const travelling = await db
    .selectFrom('payment_tokens')
    .select('message_id')
    .where('message_id', 'is not', null)
    .limit(500)
    .execute();
  const ids = travelling.flatMap((it) => it.message_id ?? []);
  if (ids.length === 0) return;
  const list = sql.join(ids);
  await sql`delete from outbox where message_id in (${list}) and published_at is not null`.execute(db);
  await sql`delete from payment_tokens where message_id in (${list})
    and not exists (select 1 from outbox where outbox.message_id = payment_tokens.message_id)`.execute(db);
}
