import { Destination } from '@shopstack/contracts/cart';
import { Address, SkuQuantity } from '@shopstack/contracts/primitives';
import { DeliveryMethod, ShipmentState } from '@shopstack/contracts/shipping';
import { activeTraceparent } from '@shopstack/kit/trace';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Database } from '@shopstack/sql/database';
import { isDuplicate } from '@shopstack/sql/database';
import { jsonColumn } from '@shopstack/sql/json';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Schema } from './schema.ts';

export type State = z.infer<typeof ShipmentState>;
export interface ShipmentRecord {
  id: string;
  orderId: string;
  state: State;
  method: z.infer<typeof DeliveryMethod>;
  address: z.infer<typeof Address> | null;
  destination: Destination | null;
  lines: SkuQuantity[];
  weightGrams: number;
  userId: string | null;
  followTokenHash: string | null;
  trackingCode: string | null;
  /** The trace of the order: what the carrier tells later goes on with it. */
  traceparent: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export type NewShipment = Omit<
  ShipmentRecord,
  'id' | 'trackingCode' | 'traceparent' | 'createdAt' | 'updatedAt'
>;
export interface TrackingRecord {
  eventId: string;
  state: State;
  place: string | null;
  detail: string | null;
  at: Date;
}
type Db = Database<Schema>['db'] | Transaction<Schema>;

const addressColumn = jsonColumn(Address.nullable());
const destinationColumn = jsonColumn(Destination.nullable());
const linesColumn = jsonColumn(z.array(SkuQuantity));
const record = (row: Schema['shipments']): ShipmentRecord => ({
  id: row.id,
  orderId: row.order_id,
  state: ShipmentState.parse(row.state),
  method: DeliveryMethod.parse(row.method),
  address: addressColumn.read(row.address),
  destination: destinationColumn.read(row.destination),
  lines: linesColumn.read(row.cart_lines),
  weightGrams: row.weight_grams,
  userId: row.user_id,
  followTokenHash: row.follow_token_hash,
  trackingCode: row.tracking_code,
  traceparent: row.traceparent,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Shipments: one per order. Functions take the connection, so that a handler can use its transaction. */
export const shipments = {
  async byId(db: Db, id: string): Promise<ShipmentRecord | undefined> {
    const row = await db.selectFrom('shipments').selectAll().where('id', '=', id).executeTakeFirst();
    return row && record(row);
  },
  async byOrder(db: Db, orderId: string): Promise<ShipmentRecord | undefined> {
    const row = await db
      .selectFrom('shipments')
      .selectAll()
      .where('order_id', '=', orderId)
      .executeTakeFirst();
    return row && record(row);
  },
  /** Locked until the transaction ends. */
  async lock(
    trx: Transaction<Schema>,
    by: { id: string } | { orderId: string },
  ): Promise<ShipmentRecord | undefined> {
    const query = trx.selectFrom('shipments').selectAll().forUpdate();
    const found = 'id' in by ? query.where('id', '=', by.id) : query.where('order_id', '=', by.orderId);
    const row = await found.executeTakeFirst();
    return row && record(row);
  },
  /** Undefined when the order has one already. */
  async insert(trx: Transaction<Schema>, it: NewShipment): Promise<string | undefined> {
    const id = uuidv7();
    const now = new Date();
    try {
      await trx
        .insertInto('shipments')
        .values({
          id,
          order_id: it.orderId,
          state: it.state,
          method: it.method,
          address: addressColumn.write(it.address),
          destination: destinationColumn.write(it.destination),
          cart_lines: linesColumn.write(it.lines),
          weight_grams: it.weightGrams,
          user_id: it.userId,
          follow_token_hash: it.followTokenHash,
          tracking_code: null,
          traceparent: activeTraceparent() ?? null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return id;
    } catch (error) {
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  },
  async move(
    trx: Transaction<Schema>,
    id: string,
    change: { state: State; trackingCode?: string },
  ): Promise<void> {
    await trx
      .updateTable('shipments')
      .set({
        state: change.state,
        updated_at: new Date(),
        ...(change.trackingCode === undefined ? {} : { tracking_code: change.trackingCode }),
      })
      .where('id', '=', id)
      .execute();
  },
  /** False when the event was noted already. */
  async note(trx: Transaction<Schema>, shipmentId: string, it: TrackingRecord): Promise<boolean> {
    const { state, place, detail } = it;
    try {
      await trx
        .insertInto('tracking_events')
        .values({ shipment_id: shipmentId, event_id: it.eventId, state, place, detail, happened_at: it.at })
        .execute();
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  },
  async events(db: Db, shipmentId: string): Promise<TrackingRecord[]> {
    const rows = await db
      .selectFrom('tracking_events')
      .selectAll()
      .where('shipment_id', '=', shipmentId)
      .orderBy('id')
      .limit(200)
      .execute();
    return rows.map((row) => ({
      eventId: row.event_id,
      state: ShipmentState.parse(row.state),
      place: row.place,
      detail: row.detail,
      at: row.happened_at,
    }));
  },
};
