import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openDatabase } from '../database.ts';
import { deliveriesSchema, openDeliveries } from '../deliveries.ts';
import { openTicking } from '../ticking.ts';
import { type CarrierBehaviour, carrierBehaviour } from './behaviour.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS shipments (
    reference TEXT PRIMARY KEY, document TEXT NOT NULL, nextAt INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS shipments_moving ON shipments (nextAt) WHERE nextAt IS NOT NULL;`;

export const NewShipment = z.object({
  reference: z.string().regex(/^[\w-]{1,64}$/),
  method: z.string().min(1).max(40),
  destination: z.record(z.string(), z.unknown()),
  weightGrams: z.int().min(0),
});
export type NewShipment = z.infer<typeof NewShipment>;
const State = z.enum(['booked', 'cancelled', 'dispatched', 'in-transit', 'delivered', 'lost']);
const Shipment = NewShipment.extend({ trackingCode: z.string(), state: State, updatedAt: z.string() });
type Shipment = z.infer<typeof Shipment>;
const shipmentOf = (row: unknown): Shipment =>
  Shipment.parse(JSON.parse(z.object({ document: z.string() }).parse(row).document));

const steps = {
  booked: { state: 'dispatched', detail: 'Picked up by the carrier' },
  dispatched: { state: 'in-transit', detail: 'Sorted and on the road' },
  'in-transit': { state: 'delivered', detail: 'Handed over' },
} as const;
const moves = (state: Shipment['state']): state is keyof typeof steps => state in steps;

export type Carrier = ReturnType<typeof openCarrier>;

/** Parcels that move by themselves, and the reports about them. */
export function openCarrier(file: string, options: { callbackUrl: string; token: string; paceMs: number }) {
  const db = openDatabase(file, schema + deliveriesSchema);
  const byReference = db.prepare('SELECT document FROM shipments WHERE reference = ?');
  const due = db.prepare('SELECT document FROM shipments WHERE nextAt <= ? ORDER BY nextAt LIMIT 100');
  const save = db.prepare(
    `INSERT INTO shipments (reference, document, nextAt) VALUES (:reference, :document, :nextAt)
     ON CONFLICT (reference) DO UPDATE SET document = excluded.document, nextAt = excluded.nextAt`,
  );
  const reports = openDeliveries(db, () => ({ authorization: `Bearer ${options.token}` }));
  const Behaviour = carrierBehaviour(options.paceMs);
  let behaviour: CarrierBehaviour = Behaviour.parse({});

  const find = (reference: string): Shipment | undefined => {
    const row = byReference.get(reference);
    return row && shipmentOf(row);
  };
  const store = (shipment: Shipment) => {
    const nextAt = moves(shipment.state) ? Date.now() + behaviour.paceMs : null;
    save.run({ reference: shipment.reference, document: JSON.stringify(shipment), nextAt });
  };
  const move = (shipment: Shipment) => {
    const moved = nextStep(shipment, behaviour.end);
    if (!moved) return;
    const { state, detail } = moved;
    const { updatedAt: at, reference } = moved.shipment;
    store(moved.shipment);
    reports.add({
      lane: reference,
      url: `${options.callbackUrl}/${encodeURIComponent(reference)}/tracking-events`,
      body: JSON.stringify({ eventId: randomUUID(), state, place: placeOf(shipment, state), detail, at }),
    });
  };
  const moving = openTicking(() => {
    if (behaviour.paused) return;
    for (const row of due.all(Date.now())) db.transaction(() => move(shipmentOf(row)));
  }, 100);

  return {
    find,
    behaviour: () => behaviour,
    behave(next: unknown) {
      behaviour = Behaviour.parse(next);
    },
    waitingReports: () => reports.waiting(),
    /** Books once per reference; later calls get the same parcel. */
    book: (wish: NewShipment) =>
      db.transaction(() => {
        const known = find(wish.reference);
        if (known) return { shipment: known, isNew: false };
        const shipment = newShipment(wish);
        store(shipment);
        return { shipment, isNew: true };
      }),
    /** Repeating it changes nothing. `too-late` once the parcel has left. */
    cancel: (reference: string) =>
      db.transaction((): 'cancelled' | 'unknown' | 'too-late' => {
        const shipment = find(reference);
        if (!shipment) return 'unknown';
        if (shipment.state !== 'booked' && shipment.state !== 'cancelled') return 'too-late';
        store({ ...shipment, state: 'cancelled' });
        return 'cancelled';
      }),
    forget: () =>
      db.transaction(() => {
        db.prepare('DELETE FROM shipments').run();
        reports.forget();
      }),
    async close() {
      await Promise.all([moving.close(), reports.close()]);
      db.close();
    },
  };
}

function newShipment(wish: NewShipment): Shipment {
  const trackingCode = `SIM${randomInt(1e11, 1e12 - 1)}`;
  return { ...wish, trackingCode, state: 'booked', updatedAt: new Date().toISOString() };
}

function nextStep(shipment: Shipment, end: CarrierBehaviour['end']) {
  if (!moves(shipment.state)) return undefined;
  const step = steps[shipment.state];
  const lost = step.state === 'delivered' && end === 'lost';
  const state = lost ? end : step.state;
  const detail = lost ? 'The parcel cannot be found' : step.detail;
  return { state, detail, shipment: { ...shipment, state, updatedAt: new Date().toISOString() } };
}

function placeOf({ destination }: Shipment, state: string): string {
  const city = z.string().min(1).max(100).catch('the destination').parse(destination.city);
  if (state === 'dispatched') return 'Warehouse';
  return state === 'in-transit' ? 'Sorting centre' : city;
}
