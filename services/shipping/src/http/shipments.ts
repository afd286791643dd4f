import { createHash, timingSafeEqual } from 'node:crypto';
import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import { appendOutbox } from '@shopstack/bus/mysql';
import {
  shipmentDelivered,
  shipmentDispatched,
  shipmentInTransit,
  shipmentLost,
} from '@shopstack/contracts/messages';
import { addTrackingEvent, getShipment, listShipments, type Shipment } from '@shopstack/contracts/shipping';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor } from '@shopstack/kit/page';
import { hasRole, type Principal } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';
import { learn } from '@shopstack/kit/work';
import type { Database } from '@shopstack/sql/database';
import { z } from 'zod';
import { mayMove } from '../domain/tracking.ts';
import type { Schema } from '../store/schema.ts';
import { type ShipmentRecord, shipments as store, type TrackingRecord } from '../store/shipments.ts';

interface Deps {
  database: Database<Schema>;
  /** Sends outgoing messages soon. */
  wake: () => void;
}
const facts = {
  dispatched: shipmentDispatched,
  'in-transit': shipmentInTransit,
  delivered: shipmentDelivered,
  lost: shipmentLost,
} as const;

export function shipments(api: Api, deps: Deps): void {
  const { database } = deps;

  api.on(listShipments, async ({ query, principal, followToken }) => {
    decodeCursor(z.never(), query.cursor);
    const it = await store.byOrder(database.db, query.orderId);
    const items = it && mayRead(it, principal, followToken) ? [await present(deps, it)] : [];
    return ok({ items, next: null });
  });

  api.on(getShipment, async ({ params, principal, followToken }) => {
    const it = await store.byId(database.db, params.id);
    if (!it || !mayRead(it, principal, followToken)) throw problem('not-found');
    return ok(await present(deps, it));
  });

  api.on(addTrackingEvent, async ({ params, body, principal }) => {
    const at = body.at === undefined ? new Date() : new Date(body.at);
    const noted: TrackingRecord = {
      eventId: body.eventId,
      state: body.state,
      place: body.place ?? null,
      detail: body.detail ?? null,
      at,
    };
    await database.transaction(async (trx) => {
      const it = await store.lock(trx, { id: params.id });
      if (!it) throw problem('not-found');
      learn({ orderId: it.orderId });
      if (!(await store.note(trx, it.id, noted))) return;
      // The carrier took the booking whose answer we could not write down yet: the confirmation comes again.
      if (it.state === 'held' && principal.kind === 'partner') {
        throw problem('unavailable', 'The booking is not settled yet.', { retryAfterSeconds: 1 });
      }
      if (!mayMove(it.state, body.state)) {
        throw problem('tracking-out-of-order', `A shipment that is ${it.state} cannot be ${body.state}.`);
      }
      await store.move(trx, it.id, { state: body.state });
      const data = {
        orderId: it.orderId,
        shipmentId: it.id,
        trackingCode: it.trackingCode ?? '',
        at: at.toISOString(),
      };
      await appendOutbox(trx, [
        continuing(it.traceparent, draft(facts[body.state], { subject: it.orderId, data })),
      ]);
    });
    deps.wake();
    const now = await store.byId(database.db, params.id);
    if (!now) throw problem('not-found');
    return { status: 201, body: await present(deps, now) };
  });
}

/** The fact as part of the order's trace: the carrier's request is one of its own. */
const continuing = (traceparent: string | null, fact: OutgoingMessage): OutgoingMessage =>
  traceparent === null ? fact : { ...fact, traceparent };

/** The buyer, the guest who shows the order's token, or support. A booked-out tombstone is nobody's. */
function mayRead(it: ShipmentRecord, principal: Principal, followToken: string | undefined): boolean {
  if (it.destination === null) return false;
  if (hasRole(principal, 'support')) return true;
  if (principal.kind === 'user' && it.userId === principal.id) return true;
  if (!followToken || !it.followTokenHash) return false;
  const shown = createHash('sha256').update(followToken).digest();
  const known = Buffer.from(it.followTokenHash, 'hex');
  return known.length === shown.length && timingSafeEqual(known, shown);
}

async function present({ database }: Deps, it: ShipmentRecord): Promise<Shipment> {
  if (!it.destination) throw problem('not-found');
  const events = await store.events(database.db, it.id);
  return {
    id: it.id,
    orderId: it.orderId,
    state: it.state,
    method: it.method,
    ...(it.trackingCode === null ? {} : { trackingCode: it.trackingCode }),
    weightGrams: it.weightGrams,
    destination: it.destination,
    events: events.map(({ eventId, state, place, detail, at }) => ({
      id: eventId,
      state,
      ...(place === null ? {} : { place }),
      ...(detail === null ? {} : { detail }),
      at: at.toISOString(),
    })),
    createdAt: it.createdAt.toISOString(),
    updatedAt: it.updatedAt.toISOString(),
  };
}
