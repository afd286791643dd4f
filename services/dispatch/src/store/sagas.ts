import type { Database } from '@shopstack/sql/database';
import { orderColumns, readOrder, readSaga } from './records.ts';
import type { Schema } from './schema.ts';
import type { Held } from './transitions.ts';

/** A saga with its order and when it was last touched. */
export interface Touched extends Held {
  touchedAt: string;
}

export function openSagas({ db }: Database<Schema>) {
  const sagas = () =>
    db
      .selectFrom('sagas')
      .innerJoin('orders', 'orders.id', 'sagas.order_id')
      .select(orderColumns)
      .select([
        'sagas.order_id',
        'sagas.state',
        'sagas.body',
        'sagas.version as saga_version',
        'sagas.updated_at as touched_at',
      ]);
  type Row = Awaited<ReturnType<ReturnType<typeof sagas>['executeTakeFirstOrThrow']>>;
  const read = (row: Row): Touched => {
    const order = readOrder(row);
    const { order_id, state, body, saga_version: version, touched_at: updated_at } = row;
    const saga = readSaga({ order_id, state, body, version, updated_at }, order);
    return { order, saga, version, touchedAt: updated_at.toISOString() };
  };

  return {
    async ofOrder(orderId: string): Promise<Touched | undefined> {
      const row = await sagas().where('sagas.order_id', '=', orderId).executeTakeFirst();
      return row && read(row);
    },
    /** The longest untouched first. */
    async list(filter: {
      state: string | undefined;
      after: readonly [touchedAt: string, orderId: string] | undefined;
      limit: number;
    }): Promise<Touched[]> {
      const { state, after, limit } = filter;
      let query = sagas().orderBy('sagas.updated_at').orderBy('sagas.order_id').limit(limit);
      if (state !== undefined) query = query.where('sagas.state', '=', state);
      if (after !== undefined) {
        const at = new Date(after[0]);
        query = query.where((eb) =>
          eb.or([
            eb('sagas.updated_at', '>', at),
            eb.and([eb('sagas.updated_at', '=', at), eb('sagas.order_id', '>', after[1])]),
          ]),
        );
      }
      return (await query.execute()).map(read);
    },
  };
}
export type Sagas = ReturnType<typeof openSagas>;
