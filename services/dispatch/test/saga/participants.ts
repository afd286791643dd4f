import { uuidv7 } from '@shopstack/kit/uuid';
import type { CommandName, Reply } from '../../src/domain/saga/messages.ts';
import type { SagaState } from '../../src/domain/saga/saga.ts';

/** What the world holds for a run: decided before it begins. */
export interface Plan {
  inStock: boolean;
  deliverable: boolean;
  /** What the provider says to each try; the last one repeats. */
  attempts: readonly ('ok' | 'soft' | 'final' | 'action' | 'pending')[];
  captureFails: boolean;
  refundFails: boolean;
  /** The provider authorises an attempt that was answered as voided. */
  authorisesAfterVoid: boolean;
  /** The customer cancels once the saga is seen in this state. */
  cancelIn: SagaState | undefined;
}
const amount = { amountMinor: 1999, currency: 'EUR' };
const at = '2026-11-22T09:30:00.000Z';

/** One unit of one product; answers as catalogue's contract says, from its own state. */
export function createStock(orderId: string, plan: Plan) {
  const saga = { orderId, round: 1 };
  const units = { available: plan.inStock ? 1 : 0, held: 0, sold: 0 };
  const initial = units.available;
  let state: 'none' | 'tombstone' | 'held' | 'rejected' | 'committed' | 'released' | 'restocked' = 'none';
  const move = (from: keyof typeof units, to: keyof typeof units, next: typeof state) => {
    units[from] -= 1;
    units[to] += 1;
    state = next;
  };
  const rejected: Reply = { type: 'stock.rejected.v1', data: { ...saga, shortages: [] } };
  const on: Partial<Record<CommandName, (round: number) => Reply[]>> = {
    'stock.reserve': () => {
      if (state === 'none' && units.available > 0) move('available', 'held', 'held');
      else if (state === 'none') state = 'rejected';
      return state === 'rejected' || state === 'tombstone'
        ? [rejected]
        : [{ type: 'stock.reserved.v1', data: saga }];
    },
    'stock.commit': () => {
      if (state === 'held') move('held', 'sold', 'committed');
      const known = state === 'committed' || state === 'restocked';
      return [{ type: known ? 'stock.committed.v1' : 'stock.commit-rejected.v1', data: saga }];
    },
    'stock.release': () => {
      if (state === 'committed' || state === 'restocked') throw new Error('released what is sold');
      if (state === 'held') move('held', 'available', 'released');
      else if (state === 'none') state = 'tombstone';
      return [{ type: 'stock.released.v1', data: saga }];
    },
    'stock.restock': () => {
      if (state === 'committed') move('sold', 'available', 'restocked');
      else if (state !== 'restocked') throw new Error('restocked what was never sold');
      return [{ type: 'stock.restocked.v1', data: { ...saga, key: 'return' } }];
    },
    'stock.renew': () => [],
  };
  const leaseExpires = (): Reply[] =>
    state === 'held' ? [{ type: 'stock.lease-expired.v1', data: saga }] : [];
  return { on, units, initial, leaseExpires };
}

export function createCarrier(orderId: string, plan: Plan) {
  const saga = { orderId, round: 1 };
  const shipment = { ...saga, shipmentId: uuidv7() };
  const parcel = { orderId, shipmentId: shipment.shipmentId, trackingCode: 'T1', at };
  let state: 'none' | 'held' | 'rejected' | 'confirmed' | 'dispatched' | 'delivered' | 'lost' | 'cancelled' =
    'none';
  let wasHeld = false;
  const left = () => ['dispatched', 'delivered', 'lost'].includes(state);
  const cancelled: Reply = { type: 'shipment.cancelled.v1', data: saga };
  const on: Partial<Record<CommandName, (round: number) => Reply[]>> = {
    'shipment.hold': () => {
      if (state === 'none') state = plan.deliverable ? 'held' : 'rejected';
      wasHeld ||= state === 'held';
      if (state === 'rejected')
        return [{ type: 'shipment.hold-rejected.v1', data: { ...saga, reason: 'too far' } }];
      return wasHeld ? [{ type: 'shipment.held.v1', data: shipment }] : [cancelled];
    },
    'shipment.confirm': () => {
      if (state === 'held') state = 'confirmed';
      if (state === 'cancelled') return [cancelled];
      return [{ type: 'shipment.confirmed.v1', data: { ...shipment, trackingCode: 'T1' } }];
    },
    'shipment.cancel': () => {
      if (left()) return [{ type: 'shipment.cancel-rejected.v1', data: { ...saga, state } }];
      state = 'cancelled';
      return [cancelled];
    },
  };
  return {
    on,
    state: () => state,
    left,
    /** The parcel moves on, all the way when asked often enough. */
    travel: (lose: boolean): Reply[] => {
      if (state === 'confirmed') {
        state = 'dispatched';
        return [{ type: 'shipment.dispatched.v1', data: parcel }];
      }
      if (state !== 'dispatched') return [];
      state = lose ? 'lost' : 'delivered';
      return lose
        ? [{ type: 'shipment.lost.v1', data: parcel }]
        : [
            { type: 'shipment.in-transit.v1', data: parcel },
            { type: 'shipment.delivered.v1', data: parcel },
          ];
    },
  };
}

export function createPayment(orderId: string, plan: Plan, maxAttempts = 3) {
  const ids = { orderId, round: 1, paymentId: uuidv7() };
  const refund = { ...ids, refundId: uuidv7(), amount };
  const ledger = { reserved: 0, captures: 0, refunds: 0 };
  let state: 'none' | 'pending' | 'action' | 'declined' | 'closed' | 'authorised' | 'captured' | 'voided' =
    'none';
  let tries = 0;
  let last: Reply[] = [];
  const tell = (reply: Reply): Reply[] => {
    last = [reply];
    return last;
  };
  const authorised = (): Reply[] => {
    ledger.reserved = 1;
    if (state !== 'voided') state = 'authorised';
    return tell({ type: 'payment.authorised.v1', data: { ...ids, amount } });
  };
  const attempt = (): Reply[] => {
    const outcome = plan.attempts[Math.min(tries, plan.attempts.length - 1)] ?? 'ok';
    tries += 1;
    if (outcome === 'ok') return authorised();
    if (outcome === 'pending') {
      state = 'pending';
      return [];
    }
    if (outcome === 'action' && tries < maxAttempts) {
      state = 'action';
      return tell({
        type: 'payment.action-required.v1',
        data: { ...ids, nextAction: { kind: 'confirm', detail: 'bank' } },
      });
    }
    const final = outcome === 'final' || tries >= maxAttempts;
    state = final ? 'closed' : 'declined';
    return tell({ type: 'payment.declined.v1', data: { ...ids, final, reason: 'no' } });
  };
  let pendingAfterVoid = false;
  const voided = (round: number): Reply[] => {
    pendingAfterVoid ||= state === 'pending' && plan.authorisesAfterVoid;
    ledger.reserved = 0;
    state = 'voided';
    return tell({ type: 'payment.voided.v1', data: { ...ids, round } });
  };
  const on: Partial<Record<CommandName, (round: number) => Reply[]>> = {
    'payment.authorise': () => (state === 'none' ? attempt() : last),
    'payment.void': (round) =>
      state === 'captured'
        ? [{ type: 'payment.void-failed.v1', data: { ...ids, captured: amount } }]
        : voided(round),
    'payment.capture': () => {
      if (state === 'captured') return [{ type: 'payment.captured.v1', data: { ...ids, amount } }];
      if (state !== 'authorised' || plan.captureFails)
        return tell({ type: 'payment.capture-failed.v1', data: { ...ids, reason: 'no' } });
      state = 'captured';
      ledger.reserved = 0;
      ledger.captures += 1;
      return tell({ type: 'payment.captured.v1', data: { ...ids, amount } });
    },
    'payment.refund': () => {
      if (state !== 'captured') throw new Error('refunded what was never captured');
      if (plan.refundFails)
        return [
          { type: 'payment.refund-failed.v1', data: { ...ids, refundId: refund.refundId, reason: 'no' } },
        ];
      ledger.refunds = 1;
      return [{ type: 'payment.refunded.v1', data: refund }];
    },
  };
  return {
    on,
    ledger,
    /** The customer answers the bank or pays another way, or the provider comes to a conclusion. */
    progress: (): Reply[] => {
      if (pendingAfterVoid) {
        pendingAfterVoid = false;
        return authorised();
      }
      if (state === 'pending') return authorised();
      return state === 'action' || state === 'declined' ? attempt() : [];
    },
  };
}
