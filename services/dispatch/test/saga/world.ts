import { randomUUID } from 'node:crypto';
import { beginSaga, type decide as realDecide } from '../../src/domain/saga/decide.ts';
import type { Reply } from '../../src/domain/saga/messages.ts';
import type { Decision, Effect, Input, Saga, TimerName } from '../../src/domain/saga/saga.ts';
import { rankOf } from '../../src/domain/saga/status.ts';
import { defaultTiming } from '../../src/domain/saga/timing.ts';
import { createCarrier, createPayment, createStock, type Plan } from './participants.ts';

export type Decide = typeof realDecide;
type Sent = Extract<Effect, { kind: 'send' }>;
const ATTENTION_BY_DEADLINE = ['PAYING', 'COMMITTING', 'CAPTURING', 'CONFIRMING', 'CANCELLING', 'REFUNDING'];

/** A saga, its participants and a network that delivers in any order, twice, late or not at all. */
export function createWorld(plan: Plan, decide: Decide) {
  const orderId = randomUUID();
  const stock = createStock(orderId, plan);
  const carrier = createCarrier(orderId, plan);
  const payment = createPayment(orderId, plan);
  const handlers = { ...stock.on, ...carrier.on, ...payment.on };
  const commands: Sent[] = [];
  const replies: Reply[] = [];
  const timers = new Map<TimerName, Saga['state']>();
  let ticks = 0;
  const moment = () => ({
    at: new Date(Date.UTC(2026, 0, 1) + ticks * 1000).toISOString(),
    timing: defaultTiming,
  });
  let saga: Saga;
  let mayCallForAttention = plan.refundFails;

  const apply = (decision: Decision): void => {
    ticks += 1;
    for (const effect of decision.effects) {
      if (effect.kind === 'send') commands.push(effect);
      if (effect.kind === 'set-timer') timers.set(effect.timer, decision.saga.state);
      if (effect.kind === 'clear-timer') timers.delete(effect.timer);
    }
    saga = decision.saga;
  };
  const put = (input: Input): void => {
    const before = saga;
    apply(decide(saga, input, moment()));
    checkStep(before, saga);
    if (stock.units.available + stock.units.held + stock.units.sold !== stock.initial)
      throw new Error('stock is not conserved');
  };
  const begun = beginSaga(orderId, moment());
  saga = begun.saga;
  apply(begun);

  const take = <T>(from: T[], at: number, keep: boolean): T | undefined => {
    const index = at % Math.max(1, from.length);
    return keep ? from[index] : from.splice(index, 1)[0];
  };
  const world = {
    get saga() {
      return saga;
    },
    stock,
    carrier,
    payment,
    /** A deadline, a lost parcel, a refused refund, or a parcel that had left when it was cancelled. */
    mayCallForAttention: () => mayCallForAttention || saga.shipment === 'stuck',
    waiting: () => commands.length + replies.length,
    obey: (at: number, again: boolean) => {
      const command = take(commands, at, again);
      if (command) replies.push(...(handlers[command.command]?.(command.round) ?? []));
    },
    hear: (at: number, again: boolean) => {
      const message = take(replies, at, again);
      if (message) put({ kind: 'message', message });
    },
    lose: (at: number) => {
      if (at % 2 === 0) take(commands, at, false);
      else take(replies, at, false);
    },
    cancel: () => put({ kind: 'cancel', by: 'customer' }),
    travel: (lose: boolean) => {
      const moved = carrier.travel(lose);
      if (lose && moved.some((it) => it.type === 'shipment.lost.v1')) mayCallForAttention = true;
      replies.push(...moved);
    },
    progress: () => void replies.push(...payment.progress()),
    expireLease: () => void replies.push(...stock.leaseExpires()),
    fire: (timer: TimerName) => {
      const state = timers.get(timer);
      if (state === undefined) return false;
      if (timer === 'deadline') {
        const undoing = saga.undoing && state === saga.state;
        mayCallForAttention ||= undoing || ATTENTION_BY_DEADLINE.includes(state);
      }
      timers.delete(timer);
      put({ kind: 'timer', timer, state });
      return true;
    },
    /** No more faults: everything is delivered, whatever is unanswered is asked again, customers give up. */
    comeToRest: () => {
      let rounds = 0;
      do {
        deliverAll(rounds);
        world.progress();
        rounds += 1;
      } while (rounds < 60 && (world.waiting() > 0 || world.fire('resend') || giveUpWaiting()));
      world.travel(false);
      while (replies.length > 0) world.hear(0, false);
    },
  };
  const deliverAll = (at: number) => {
    while (world.waiting() > 0) {
      world.obey(at, false);
      world.hear(at, false);
    }
  };
  const giveUpWaiting = () => saga.state === 'AWAITING_CUSTOMER' && world.fire('deadline');
  return world;
}
export type World = ReturnType<typeof createWorld>;

/** I12: nothing a shopper watches goes backwards. */
function checkStep(before: Saga, after: Saga): void {
  if (rankOf(after.view.status) < rankOf(before.view.status))
    throw new Error(`${before.view.status} became ${after.view.status}`);
  const kept = before.view.steps.every((it, index) => after.view.steps[index]?.step === it.step);
  if (!kept) throw new Error('a step was taken back');
}
