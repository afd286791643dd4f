import { randomUUID } from 'node:crypto';
import { isProblem } from '@shopstack/kit/problem';
import { planRefund, planReturn } from '../../src/domain/giving-back.ts';
import { beginSaga, type decide as realDecide } from '../../src/domain/saga/decide.ts';
import type { Reply } from '../../src/domain/saga/messages.ts';
import { refundIdOf } from '../../src/domain/saga/refund-id.ts';
import type { Decision, Effect, Input, Saga, Terms, TimerName } from '../../src/domain/saga/saga.ts';
import { rankOf } from '../../src/domain/saga/status.ts';
import { defaultTiming } from '../../src/domain/saga/timing.ts';
import { orderOf } from './order.ts';
import {
  type Command,
  createCarrier,
  createPayment,
  createStock,
  type Plan,
  QUANTITY,
  TOTAL_MINOR,
} from './participants.ts';

export type Decide = typeof realDecide;
type Sent = Extract<Effect, { kind: 'send' }>;
const disputeNews = ['none', 'opened', 'lost', 'won'];
type DisputeNews = 'opened' | 'lost' | 'won';
const ENDED_BY_DEADLINE = ['RESERVING', 'HOLDING', 'AWAITING_CUSTOMER'];

/** A command as its participant reads it. */
function readBy(saga: Saga, { command, round, part, amountMinor }: Sent): Command {
  const refund = saga.view.refunds?.find(({ id }) => id === part);
  return {
    command,
    round,
    key: part ?? 'undone',
    units: refund?.lines.reduce((sum, it) => sum + it.quantity, 0) ?? QUANTITY,
    refundId: refundIdOf(part ?? saga.terms.refundId, round),
    amountMinor: refund?.amount.amountMinor ?? amountMinor ?? 0,
  };
}

/** A saga, its participants and a network that delivers in any order, twice, late or not at all. */
export function createWorld(plan: Plan, decide: Decide) {
  const orderId = randomUUID();
  const stock = createStock(orderId, plan);
  const carrier = createCarrier(orderId, plan);
  const payment = createPayment(orderId, plan);
  const handlers = { ...stock.on, ...carrier.on, ...payment.on };
  const commands: Command[] = [];
  const replies: Reply[] = [];
  /** Told to an order that waits for nothing: it is told until it was heard, because nobody asks again. */
  const unasked = new WeakSet<Reply>();
  const timers = new Map<TimerName, Saga['state']>();
  let ticks = 0;
  const moment = () => ({
    at: new Date(Date.UTC(2026, 0, 1) + ticks * 1000).toISOString(),
    timing: defaultTiming,
  });
  let saga: Saga;
  let mayCallForAttention = plan.refundsRefused > 0;
  let heard = 0;
  let dispute: DisputeNews | undefined;
  let wasCalled = false;

  const apply = (decision: Decision): void => {
    ticks += 1;
    wasCalled ||= decision.saga.state === 'ATTENTION';
    for (const effect of decision.effects) {
      if (effect.kind === 'send') commands.push(readBy(decision.saga, effect));
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
  const terms: Terms = {
    plan: plan.mobile ? 'mobile-money' : 'card',
    totalMinor: TOTAL_MINOR,
    refundId: randomUUID(),
  };
  const begun = beginSaga({ orderId, terms }, moment());
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
    resumes: plan.resumes,
    /** A deadline, a lost parcel, a refused refund, or a parcel that had left when it was cancelled. */
    mayCallForAttention: () => mayCallForAttention || saga.shipment === 'stuck',
    waiting: () => commands.length + replies.length,
    obey: (at: number, again: boolean) => {
      const command = take(commands, at, again);
      if (command) replies.push(...(handlers[command.command]?.(command) ?? []));
    },
    hear: (at: number, again: boolean) => {
      const message = take(replies, at, again);
      if (message?.type === 'payment.disputed.v1') {
        heard = Math.max(heard, disputeNews.indexOf(message.data.state));
        mayCallForAttention ||= message.data.state === 'lost';
      }
      if (message) put({ kind: 'message', message });
    },
    lose: (at: number) => {
      if (at % 2 === 0) take(commands, at, false);
      else {
        const reply = take(replies, at, false);
        if (reply && unasked.has(reply)) replies.push(reply);
      }
    },
    /** Whether the bank took the money, and whether a person was ever called. */
    isDisputeLost: () => disputeNews[heard] === 'lost',
    wasCalled: () => wasCalled,
    /** Long after the money was taken a bank opens a dispute, decides it once and may think better of it. */
    dispute: (news: DisputeNews) => {
      if (!saga.once.captured || disputeNews.indexOf(news) <= disputeNews.indexOf(dispute ?? 'none')) return;
      const told = payment.dispute(news);
      if (told.length > 0) dispute = news;
      replies.push(...told);
    },
    resume: () => put({ kind: 'resume' }),
    /** As the endpoints do: what may not go back is refused. */
    giveBack: (units: number, amountMinor: number) => {
      const present = { order: orderOf(saga), saga };
      const named = { id: randomUUID(), at: moment().at };
      try {
        put(
          units > 0
            ? planReturn(present, [{ sku: 'CUP', quantity: units }], named)
            : planRefund(present, { amountMinor, currency: 'EUR' }, named),
        );
      } catch (error) {
        if (!isProblem(error)) throw error;
      }
    },
    cancel: () => put({ kind: 'cancel', by: 'customer' }),
    travel: (lose: boolean) => {
      const moved = carrier.travel(lose);
      if (lose && moved.some((it) => it.type === 'shipment.lost.v1')) mayCallForAttention = true;
      replies.push(...moved);
    },
    progress: () => {
      const told = payment.progress();
      if (saga.undoing) for (const it of told) unasked.add(it);
      replies.push(...told);
    },
    expireLease: () => void replies.push(...stock.leaseExpires()),
    fire: (timer: TimerName) => {
      const state = timers.get(timer);
      if (state === undefined) return false;
      if (timer === 'deadline') {
        mayCallForAttention ||= !ENDED_BY_DEADLINE.includes(state);
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
      } while (rounds < 80 && (world.waiting() > 0 || world.fire('resend') || giveUpWaiting() || helped()));
    },
    /** What is on its way arrives. */
    arrive: () => {
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
  let helps = 0;
  const helped = () => {
    if (!plan.resumes || saga.state !== 'ATTENTION' || helps === 6) return false;
    helps += 1;
    world.resume();
    return true;
  };
  const giveUpWaiting = () => saga.state === 'AWAITING_CUSTOMER' && world.fire('deadline');
  return world;
}
export type World = ReturnType<typeof createWorld>;

/** I12: nothing a shopper watches goes backwards, except that a person lets an order go on where it was. */
function checkStep(before: Saga, after: Saga): void {
  const isResumed = before.state === 'ATTENTION' && after.state !== 'ATTENTION';
  const shown = isResumed ? (before.attention?.status ?? 'placed') : before.view.status;
  if (rankOf(after.view.status) < rankOf(shown)) throw new Error(`${shown} became ${after.view.status}`);
  const kept = before.view.steps.every((it, index) => after.view.steps[index]?.step === it.step);
  if (!kept) throw new Error('a step was taken back');
}
