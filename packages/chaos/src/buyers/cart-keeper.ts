import { setTimeout as sleep } from 'node:timers/promises';
import { Cart } from '@shopstack/contracts/cart';
import type { ShopAnswer } from '@shopstack/testkit/shopper';
import type { History } from '../history.ts';
import type { Person } from './customers.ts';

const EVERY_MS = 600;
const QUANTITIES = 9;
const REPEATS_EVERY = 5;
const STALE_EVERY = 7;

export interface CartKeeping {
  person: Person;
  sku: string;
  history: Pick<History, 'add'>;
  signal: AbortSignal;
}

/**
 * Changes one line of their own cart again and again and looks at it, until aborted. Now and then the same request goes
 * out twice, and one for an old version of the cart. What was acknowledged and what was read is written down for the
 * judge of I10.
 */
export async function keepCart({ person, sku, history, signal }: CartKeeping): Promise<void> {
  const cart = createKeptCart({ person, sku, history, signal });
  for (let turn = 1; !signal.aborted; turn++) {
    await cart.turn(turn).catch(() => undefined);
    await cart.read().catch(() => undefined);
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  await cart.read().catch(() => undefined);
}

function createKeptCart({ person, sku, history }: CartKeeping) {
  const name = person.name;
  const { shopper } = person;
  let version: number | undefined;

  /** `send` is one request or the same one several times; the first that is acknowledged counts. */
  const write = async (quantity: number, send: () => Promise<ShopAnswer>) => {
    history.add({ type: 'cart-write', at: Date.now(), cart: name, quantity });
    const answer = await send();
    if (answer.status !== 200) return;
    version = Cart.safeParse(answer.body).data?.version ?? version;
    history.add({ type: 'cart-known', at: Date.now(), cart: name, quantity });
  };
  const set = (quantity: number, headers: Record<string, string> = {}) =>
    shopper.ask('PATCH', `/cart/items/${sku}`, { body: { quantity }, headers });
  const add = (key: string) =>
    shopper.ask('POST', '/cart/items', { body: { sku, quantity: 1 }, headers: { 'idempotency-key': key } });

  /** The line has one unit; the same addition twice makes it two. */
  const addTwice = async (turn: number) => {
    await write(1, () => set(1));
    await write(2, async () => {
      const answers = await Promise.all([add(`${name}-${turn}`), add(`${name}-${turn}`)]);
      return answers.find(({ status }) => status === 200) ?? answers[0];
    });
  };
  const writeForOldVersion = async () => {
    if (version === undefined || version < 2) return;
    const answer = await set(QUANTITIES, { 'if-match': `"${version - 1}"` });
    if (answer.status !== 200) return;
    const detail = 'a change for an old version of the cart was taken';
    history.add({ type: 'finding', at: Date.now(), promise: 'I10', id: name, detail });
  };
  return {
    turn: async (turn: number) => {
      if (version === undefined) return write(1, () => add(`${name}-first`));
      if (turn % REPEATS_EVERY === 0) return addTwice(turn);
      if (turn % STALE_EVERY === 0) return writeForOldVersion();
      return write(1 + (turn % QUANTITIES), () => set(1 + (turn % QUANTITIES)));
    },
    read: async () => {
      const answer = await shopper.ask('GET', '/cart');
      const cart = Cart.safeParse(answer.body).data;
      if (answer.status !== 200 || !cart) return;
      const quantity = cart.lines.find((it) => it.sku === sku)?.quantity ?? 0;
      version = Math.max(cart.version, version ?? 0);
      history.add({ type: 'cart-read', at: Date.now(), cart: name, quantity });
    },
  };
}
