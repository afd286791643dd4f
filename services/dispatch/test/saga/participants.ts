import { uuidv7 } from '@shopstack/kit/uuid';
import type { CommandName, Reply } from '../../src/domain/saga/messages.ts';
import type { SagaState } from '../../src/domain/saga/saga.ts';

export const QUANTITY = 2;
export const TOTAL_MINOR = 2488;

/** What the world holds for a run: decided before it begins. */
export interface Plan {
  /** A wallet is charged at once; a card is captured later. */
  mobile: boolean;
  /** Later tries pay the other way. */
  switchesMethod: boolean;
  inStock: boolean;
  /** How many reservations are gone when they are to be sold. */
  holdsLost: number;
  deliverable: boolean;
  /** What the provider says to each try; the last one repeats. */
  attempts: readonly ('ok' | 'soft' | 'final' | 'action' | 'pending' | 'expired')[];
  captureFails: boolean;
  /** How many ids of refunds fail before one is paid out. */
  refundsRefused: number;
  /** The provider authorises, or takes the money of, an attempt that was answered as voided. */
  paysAfterVoid: boolean;
  /** The customer cancels once the saga is seen in this state. */
  cancelIn: SagaState | undefined;
  /** Support gives some money back, or the customer sends something back, in this state. */
  givesBackIn: SagaState | undefined;
  /** Support resumes whatever calls for a person. */
  resumes: boolean;
  /** After so many happenings everything is let come to an end before more happens. */
  restsAt: number | undefined;
}

/** A command as a participant reads it. */
export interface Command {
  command: CommandName;
  round: number;
  /** Of a restock. */
  key: string;
  units: number;
  /** Of a refund. */
  refundId: string;
  amountMinor: number;
}
type Handlers = Partial<Record<CommandName, (asked: Command) => Reply[]>>;
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const amount = eur(TOTAL_MINOR);
const at = '2026-11-22T09:30:00.000Z';

/** Some units of one product; answers as catalogue's contract says, from its own state. */
export function createStock(orderId: string, plan: Plan) {
  const units = { available: plan.inStock ? QUANTITY : 0, held: 0, sold: 0 };
  const initial = units.available;
  const restocks = new Set<string>();
  let state: 'none' | 'tombstone' | 'held' | 'rejected' | 'committed' | 'released' = 'none';
  let heldRound = 1;
  let lost = 0;
  const move = (from: keyof typeof units, to: keyof typeof units, quantity = QUANTITY) => {
    units[from] -= quantity;
    units[to] += quantity;
  };
  const reserve = (round: number): void => {
    const isNew = state === 'none' || ((state === 'released' || state === 'rejected') && round > heldRound);
    if (!isNew) return;
    heldRound = round;
    state = units.available >= QUANTITY ? 'held' : 'rejected';
    if (state === 'held') move('available', 'held');
  };
  const release = (): void => {
    if (state === 'held') move('held', 'available');
    if (state === 'none') state = 'tombstone';
    else if (state === 'held') state = 'released';
  };
  const on: Handlers = {
    'stock.reserve': ({ round }) => {
      reserve(round);
      const saga = { orderId, round };
      if (state === 'held' || state === 'committed') return [{ type: 'stock.reserved.v1', data: saga }];
      if (state === 'released') return [{ type: 'stock.released.v1', data: saga }];
      return [{ type: 'stock.rejected.v1', data: { ...saga, shortages: [] } }];
    },
    'stock.commit': ({ round }) => {
      if (round < heldRound) return [{ type: 'stock.commit-rejected.v1', data: { orderId, round } }];
      if (state === 'held' && lost < plan.holdsLost) {
        lost += 1;
        release();
      }
      if (state === 'held') {
        move('held', 'sold');
        state = 'committed';
      }
      const type = state === 'committed' ? 'stock.committed.v1' : 'stock.commit-rejected.v1';
      return [{ type, data: { orderId, round } }];
    },
    'stock.release': ({ round }) => {
      if (state === 'committed') throw new Error('released what is sold');
      release();
      return [{ type: 'stock.released.v1', data: { orderId, round } }];
    },
    'stock.restock': ({ round, key, units: quantity }) => {
      if (state !== 'committed') throw new Error('restocked what was never sold');
      if (!restocks.has(key)) move('sold', 'available', quantity);
      restocks.add(key);
      if (units.sold < 0) throw new Error('restocked more than was sold');
      return [{ type: 'stock.restocked.v1', data: { orderId, round, key } }];
    },
    'stock.renew': () => [],
  };
  const leaseExpires = (): Reply[] =>
    state === 'held' ? [{ type: 'stock.lease-expired.v1', data: { orderId, round: heldRound } }] : [];
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
  const on: Handlers = {
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

type PaymentState =
  | 'none'
  | 'pending'
  | 'action'
  | 'declined'
  | 'closed'
  | 'authorised'
  | 'captured'
  | 'voided';

export function createPayment(orderId: string, plan: Plan, maxAttempts = 3) {
  const ids = { orderId, round: 1, paymentId: uuidv7() };
  const ledger = { reserved: 0, captures: 0, capturedMinor: 0, refundedMinor: 0 };
  const refunds = new Map<string, { paid: boolean; amountMinor: number }>();
  let state: PaymentState = 'none';
  let tries = 0;
  let refused = 0;
  let last: Reply[] = [];
  const tell = (reply: Reply): Reply[] => {
    last = [reply];
    return last;
  };
  const take = (): void => {
    state = 'captured';
    ledger.reserved = 0;
    ledger.captures += 1;
    ledger.capturedMinor += TOTAL_MINOR;
  };
  const takesAtOnce = () => plan.mobile !== (plan.switchesMethod && tries > 1);
  const succeed = (): Reply[] => {
    const wasVoided = state === 'voided';
    if (takesAtOnce()) {
      take();
      const type = wasVoided ? 'payment.late-success.v1' : 'payment.captured.v1';
      return tell({ type, data: { ...ids, amount } });
    }
    ledger.reserved = 1;
    if (!wasVoided) state = 'authorised';
    return tell({ type: 'payment.authorised.v1', data: { ...ids, amount } });
  };
  const refuse = (outcome: 'soft' | 'final' | 'expired'): Reply[] => {
    const final = outcome === 'final' || tries >= maxAttempts;
    state = final ? 'closed' : 'declined';
    if (outcome === 'expired' && !final)
      return tell({ type: 'payment.expired.v1', data: { ...ids, reason: 'no answer' } });
    return tell({ type: 'payment.declined.v1', data: { ...ids, final, reason: 'no', tries } });
  };
  const ask = (): Reply[] => {
    if (tries >= maxAttempts) return refuse('final');
    state = 'action';
    const nextAction = { kind: takesAtOnce() ? 'confirm-on-phone' : 'confirm', detail: 'now' } as const;
    return tell({ type: 'payment.action-required.v1', data: { ...ids, nextAction } });
  };
  const attempt = (): Reply[] => {
    const outcome = plan.attempts[Math.min(tries, plan.attempts.length - 1)] ?? 'ok';
    tries += 1;
    if (outcome === 'ok') return succeed();
    if (outcome === 'action') return ask();
    if (outcome !== 'pending') return refuse(outcome);
    state = 'pending';
    return [];
  };
  let pendingAfterVoid = false;
  const letGo = ({ round }: Command): Reply[] => {
    if (state === 'captured') return [{ type: 'payment.void-failed.v1', data: { ...ids, captured: amount } }];
    pendingAfterVoid ||= ['pending', 'action'].includes(state) && plan.paysAfterVoid;
    ledger.reserved = 0;
    state = 'voided';
    return tell({ type: 'payment.voided.v1', data: { ...ids, round } });
  };
  const first = () => (state === 'none' ? attempt() : last);
  const refund = ({ refundId, amountMinor }: Command): Reply[] => {
    const known = refunds.get(refundId);
    if (known && known.amountMinor !== amountMinor) throw new Error('another refund has this id');
    const left = ledger.capturedMinor - ledger.refundedMinor;
    const fits = state === 'captured' && amountMinor > 0 && amountMinor <= left;
    const paid = known?.paid ?? (fits && refused >= plan.refundsRefused);
    if (!known && !paid) refused += 1;
    if (!known && paid) ledger.refundedMinor += amountMinor;
    refunds.set(refundId, { paid, amountMinor });
    return paid
      ? [{ type: 'payment.refunded.v1', data: { ...ids, refundId, amount: eur(amountMinor) } }]
      : [{ type: 'payment.refund-failed.v1', data: { ...ids, refundId, reason: 'no' } }];
  };
  const on: Handlers = {
    'payment.authorise': first,
    'payment.charge': first,
    'payment.void': letGo,
    'payment.capture': () => {
      if (state === 'captured') return [{ type: 'payment.captured.v1', data: { ...ids, amount } }];
      if (state !== 'authorised' || plan.captureFails)
        return tell({ type: 'payment.capture-failed.v1', data: { ...ids, reason: 'no' } });
      take();
      return tell({ type: 'payment.captured.v1', data: { ...ids, amount } });
    },
    'payment.refund': refund,
  };
  return {
    on,
    ledger,
    refunds,
    /** The customer answers the bank or pays another way, or the provider comes to a conclusion. */
    progress: (): Reply[] => {
      if (pendingAfterVoid) {
        pendingAfterVoid = false;
        return state === 'voided' ? succeed() : [];
      }
      if (state === 'pending') return succeed();
      return state === 'action' || state === 'declined' ? attempt() : [];
    },
    dispute: (news: 'opened' | 'won' | 'lost'): Reply[] =>
      state === 'captured'
        ? [{ type: 'payment.disputed.v1', data: { ...ids, disputeId: 'd', amount, state: news } }]
        : [],
  };
}
