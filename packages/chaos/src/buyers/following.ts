import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAnswer } from '@shopstack/acceptance/shopper';
import { finalStatuses, Order, type OrderStatus } from '@shopstack/contracts/order';
import type { History, SeenStatus } from '../history.ts';
import type { PlannedOrder } from '../plan/workload.ts';
import type { Person } from './customers.ts';
import { listen } from './listening.ts';
import { insist, problemOf } from './patience.ts';

export interface Following {
  shopUrl: string;
  person: Person;
  orderId: string;
  plan: PlannedOrder;
  history: Pick<History, 'add'>;
  /** Aborted when the campaign waits no longer. */
  signal: AbortSignal;
}

/** Where an order stays, unless somebody does something. */
export const isSettled = (status: OrderStatus): boolean =>
  finalStatuses.includes(status) || status === 'attention-required';

const FIRST_POLL_MS = 400;
const LONGEST_POLL_MS = 3000;
const WAITS_AT_MOST_MS = 15_000;

/** Looks at the order until it is settled, writes each change down and does what was planned; true when it settled. */
export async function follow(following: Following): Promise<boolean> {
  const { plan, signal } = following;
  const seen = createSeen(following, 'asking');
  const doings = [
    cancelAsPlanned(following),
    ...(plan.listens ? [listen(following, createSeen(following, 'listening').look)] : []),
  ];
  let pollMs = FIRST_POLL_MS;
  while (!signal.aborted && !seen.settled()) {
    const answer = await askForOrder(following).catch(() => undefined);
    const order = Order.safeParse(answer?.body).data;
    if (order) {
      seen.look(order);
      await answerBank(following, order).catch(() => undefined);
    } else if (answer?.status === 401) await following.person.signIn().catch(() => undefined);
    if (!seen.settled()) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    pollMs = Math.min(pollMs * 1.3, LONGEST_POLL_MS);
  }
  await Promise.all(doings);
  return seen.settled();
}

const askForOrder = ({ person, orderId }: Following): Promise<ShopAnswer> =>
  person.shopper.ask('GET', `/dispatch/orders/${orderId}`);

/** Writes down what differs from the last look, in the order in which it was seen. */
function createSeen({ orderId, history }: Following, via: SeenStatus['via']) {
  let last: Pick<Order, 'status' | 'version'> | undefined;
  return {
    settled: () => last !== undefined && isSettled(last.status),
    look: (order: Order) => {
      if (order.status === last?.status) return;
      last = { status: order.status, version: order.version };
      const reason = order.reason ? { reason: order.reason.code } : {};
      history.add({ type: 'status', at: Date.now(), order: orderId, via, ...last, ...reason });
    },
  };
}

const cancelling: readonly string[] = ['cancel', 'cancel-racing-capture', 'cancel-when-paid'];

/** A cancellation at a random moment, as soon as the money is asked for, or once it is ours and nothing is sent yet. */
async function cancelAsPlanned({ person, orderId, plan, signal }: Following): Promise<void> {
  if (!cancelling.includes(plan.manner)) return;
  if (plan.manner === 'cancel') await sleep(plan.waitMs, undefined, { signal }).catch(() => undefined);
  else
    await untilPayment({ person, orderId, signal }, (state) =>
      plan.manner === 'cancel-when-paid' ? state === 'captured' : state !== 'pending',
    );
  if (signal.aborted) return;
  const headers = { 'idempotency-key': `cancel-${plan.number}` };
  const cancel = () =>
    person.shopper.ask('POST', `/dispatch/orders/${orderId}/cancellations`, { body: {}, headers });
  await insist(cancel, { forMs: WAITS_AT_MOST_MS, signIn: person.signIn });
}

async function untilPayment(
  { person, orderId, signal }: Pick<Following, 'person' | 'orderId' | 'signal'>,
  isIt: (state: Order['payment']['state']) => boolean,
) {
  const until = Date.now() + WAITS_AT_MOST_MS;
  while (Date.now() < until && !signal.aborted) {
    const answer = await person.shopper.ask('GET', `/dispatch/orders/${orderId}`).catch(() => undefined);
    const state = Order.safeParse(answer?.body).data?.payment.state;
    if (state !== undefined && isIt(state)) return;
    await sleep(60);
  }
}

/** Confirms as the bank wants it, or tries another card; once per answer of the bank. */
async function answerBank({ person, plan }: Following, order: Order): Promise<void> {
  const { nextAction, id } = order.payment;
  if (nextAction?.kind === 'confirm' && plan.confirms !== 'never') {
    await post(person, `/payment/payments/${id}/actions`, {
      body: { outcome: plan.confirms },
      key: `confirm-${plan.number}-${order.version}`,
    });
  }
  if (nextAction?.kind === 'choose-another-method' && plan.triesAgain) {
    await post(person, `/payment/payments/${id}/attempts`, {
      body: { paymentMethod: 'card', paymentToken: 'sim_ok' },
      key: `again-${plan.number}-${order.version}`,
    });
  }
}

async function post(
  person: Person,
  path: string,
  { body, key }: { body: object; key: string },
): Promise<void> {
  const answer = await person.shopper.ask('POST', path, { body, headers: { 'idempotency-key': key } });
  if (answer.status === 401 && problemOf(answer) !== undefined) await person.signIn();
}
