import type { Database } from '@shopstack/sql/database';
import { type SagaState, sagaStates } from '../domain/saga/saga.ts';
import { orderColumns, readOrder, readSaga } from './records.ts';
import type { Schema } from './schema.ts';
import type { Held } from './transitions.ts';

/** A saga with its order and when it was last touched. */
export interface Touched extends Held {
  touchedAt: string;
}

const underWay: readonly SagaState[] = sagaStates.filter(
  (it) => !['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED'].includes(it),
);

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
    /** How many are in each state, of those that are not at rest. */
    async census(): Promise<Map<SagaState, number>> {
      const rows = await db
        .selectFrom('sagas')
        .select(({ fn }) => ['state', fn.countAll<number | string>().as('orders')])
        .where('state', 'in', underWay)
        .groupBy('state')
        .execute();
      const counted = new Map(rows.map(({ state, orders }) => [state, Number(orders)]));
      return new Map(underWay.map((state) => [state, counted.get(state) ?? 0]));
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
