import { sql } from 'kysely';
import { z } from 'zod';
import type { ShipmentRow } from '../facts.ts';
import type { Range } from './range.ts';
import { type AnyDatabase, At, readRows, within } from './rows.ts';

const Shipment = z.object({
  id: z.string(),
  orderId: z.string(),
  state: z.string(),
  createdAt: At,
  updatedAt: At,
});

export function openShipments(database: AnyDatabase) {
  return {
    shipments: (range: Range): Promise<(ShipmentRow & { orderId: string })[]> =>
      readRows(
        database,
        Shipment,
        sql`select id, order_id as orderId, state, created_at as createdAt, updated_at as updatedAt
          from shipping.shipments where ${within('order_id', range)}`,
      ),
  };
}
