import type { Bus, Consumer } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { draft, type OutgoingMessage, type ReceivedMessage } from '@shopstack/bus/message';
import { appendOutbox, firstTime } from '@shopstack/bus/mysql';
import type { DataOf } from '@shopstack/contracts/message';
import {
  shipmentCancel,
  shipmentCancelled,
  shipmentCancelRejected,
  shipmentConfirm,
  shipmentConfirmed,
  shipmentHeld,
  shipmentHold,
  shipmentHoldRejected,
} from '@shopstack/contracts/messages';
import type { Logger } from '@shopstack/kit/log';
import type { Database } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import type { CarrierClient } from '../clients/carrier.ts';
import { hasLeft } from '../domain/tracking.ts';
import type { Geography } from '../store/geography.ts';
import type { Quotes } from '../store/quotes.ts';
import type { Schema } from '../store/schema.ts';
import { type NewShipment, type ShipmentRecord, shipments } from '../store/shipments.ts';

interface Deps {
  database: Database<Schema>;
  geography: Pick<Geography, 'country'>;
  quotes: Pick<Quotes, 'byId'>;
  carrier: Pick<CarrierClient, 'book' | 'callBack'>;
  log: Logger;
  wake: () => void;
  ready: () => Promise<boolean>;
}
type Saga = { orderId: string; round: number };
const QUEUE = 'shipping.commands';

const reply = {
  held: (s: Saga, shipmentId: string, causationId: string) =>
    draft(shipmentHeld, { subject: s.orderId, causationId, data: { ...saga(s), shipmentId } }),
  holdRejected: (s: Saga, reason: string, causationId: string) =>
    draft(shipmentHoldRejected, { subject: s.orderId, causationId, data: { ...saga(s), reason } }),
  confirmed: (s: Saga, it: ShipmentRecord, trackingCode: string, causationId: string) =>
    draft(shipmentConfirmed, {
      subject: s.orderId,
      causationId,
      data: { ...saga(s), shipmentId: it.id, trackingCode },
    }),
  cancelled: (s: Saga, causationId: string) =>
    draft(shipmentCancelled, { subject: s.orderId, causationId, data: saga(s) }),
  cancelRejected: (s: Saga, state: string, causationId: string) =>
    draft(shipmentCancelRejected, { subject: s.orderId, causationId, data: { ...saga(s), state } }),
};
const saga = ({ orderId, round }: Saga): Saga => ({ orderId, round });

/** The orders' commands. A repeated command changes nothing and its answer is sent again. */
export function consume(bus: Bus, deps: Deps): Consumer {
  const { database } = deps;
  /** Effect, inbox and answer in one transaction. */
  const answer = async (
    message: ReceivedMessage,
    work: (trx: Transaction<Schema>) => Promise<OutgoingMessage>,
  ) => {
    const told = await database.transaction(async (trx) => {
      if (!(await firstTime(trx, QUEUE, message.id))) return undefined;
      const fact = await work(trx);
      await appendOutbox(trx, [fact]);
      return fact;
    });
    deps.wake();
    if (!told) return;
    const { type: to, subject: orderId } = told;
    deps.log.info({ orderId, cause: message.type, to, messageId: message.id }, 'shipment moved');
  };

  return bus.consume({
    queue: QUEUE,
    prefetch: 20,
    ready: deps.ready,
    handlers: [
      on(shipmentHold, async (data, message) => {
        const shipment = await booking(deps, data);
        await answer(message, (trx) => hold(trx, data, { shipment, causationId: message.id }));
      }),
      on(shipmentConfirm, async (data, message) => {
        const trackingCode = await bookWithCarrier(deps, data.orderId);
        await answer(message, (trx) => confirm(trx, data, { trackingCode, causationId: message.id }));
        await withdrawIfCancelled(deps, data.orderId);
      }),
      on(shipmentCancel, async (data, message) => {
        const asked = await callBack(deps, data.orderId);
        await answer(message, (trx) => cancel(trx, data, { asked, causationId: message.id }));
      }),
    ],
  });
}

/** The shipment to book, or why it cannot be. */
async function booking(deps: Deps, data: DataOf<typeof shipmentHold>): Promise<NewShipment | string> {
  if (!(await deps.geography.country(data.destination.country))) return 'unknown-country';
  const quote = await deps.quotes.byId(data.quoteId);
  return {
    orderId: data.orderId,
    state: 'held',
    method: data.method,
    address: data.address,
    destination: data.destination,
    lines: data.lines,
    weightGrams: quote?.weightGrams ?? 0,
    userId: data.userId ?? null,
    followTokenHash: data.followTokenHash ?? null,
  };
}

interface Holding {
  shipment: NewShipment | string;
  causationId: string;
}
async function hold(
  trx: Transaction<Schema>,
  data: Saga,
  { shipment, causationId }: Holding,
): Promise<OutgoingMessage> {
  if (typeof shipment === 'string') return reply.holdRejected(data, shipment, causationId);
  const id = await shipments.insert(trx, shipment);
  if (id) return reply.held(data, id, causationId);
  const known = await shipments.lock(trx, { orderId: data.orderId });
  if (!known || known.state === 'cancelled') return reply.cancelled(data, causationId);
  return reply.held(data, known.id, causationId);
}

/** The carrier is asked outside the transaction; it answers the same for the same shipment. */
async function bookWithCarrier(deps: Deps, orderId: string): Promise<string> {
  const it = await shipments.byOrder(deps.database.db, orderId);
  if (it?.state !== 'held' || !it.destination) return it?.trackingCode ?? '';
  const { id: reference, method, destination, weightGrams } = it;
  return (await deps.carrier.book({ reference, method, destination, weightGrams })).trackingCode;
}

async function confirm(
  trx: Transaction<Schema>,
  data: Saga,
  { trackingCode, causationId }: { trackingCode: string; causationId: string },
): Promise<OutgoingMessage> {
  const it = await shipments.lock(trx, { orderId: data.orderId });
  if (!it || it.state === 'cancelled') return reply.cancelled(data, causationId);
  if (it.state === 'held') await shipments.move(trx, it.id, { state: 'confirmed', trackingCode });
  return reply.confirmed(data, it, it.trackingCode ?? trackingCode, causationId);
}

/** A cancellation that overtook the booking did not find it at the carrier. */
async function withdrawIfCancelled(deps: Deps, orderId: string): Promise<void> {
  const it = await shipments.byOrder(deps.database.db, orderId);
  if (it?.state === 'cancelled' && it.destination !== null) await deps.carrier.callBack(it.id);
}

interface Asked {
  /** The shipment's state when the carrier was asked; undefined: there was none. */
  state: ShipmentRecord['state'] | undefined;
  callable: boolean;
}
/** Whether the carrier lets the parcel go; a parcel it does not know yet is ours to keep. */
async function callBack(deps: Deps, orderId: string): Promise<Asked> {
  const it = await shipments.byOrder(deps.database.db, orderId);
  if (!it || it.state === 'cancelled') return { state: it?.state, callable: true };
  const callable = !hasLeft(it.state) && (await deps.carrier.callBack(it.id));
  return { state: it.state, callable };
}

async function cancel(
  trx: Transaction<Schema>,
  data: Saga,
  { asked, causationId }: { asked: Asked; causationId: string },
): Promise<OutgoingMessage> {
  if (await shipments.insert(trx, tombstone(data.orderId))) return reply.cancelled(data, causationId);
  const it = await shipments.lock(trx, { orderId: data.orderId });
  if (!it || it.state === 'cancelled') return reply.cancelled(data, causationId);
  // Booked or sent while the carrier was asked: its answer is about an older state, so this comes again.
  if (it.state !== asked.state) throw new Error('the shipment moved while the carrier was asked');
  if (!asked.callable) return reply.cancelRejected(data, it.state, causationId);
  await shipments.move(trx, it.id, { state: 'cancelled' });
  return reply.cancelled(data, causationId);
}

/** Stands for an order that was cancelled before it was booked, and refuses the booking that comes late. */
const tombstone = (orderId: string): NewShipment => ({
  orderId,
  state: 'cancelled',
  method: 'standard',
  address: null,
  destination: null,
  lines: [],
  weightGrams: 0,
  userId: null,
  followTokenHash: null,
});
