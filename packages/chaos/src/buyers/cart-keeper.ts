import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAnswer } from '@shopstack/acceptance/shopper';
import { Cart } from '@shopstack/contracts/cart';
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

  /** `send` is one request or the same one several times; the first that is acknowledged counts. Answers whether one was. */
  const write = async (quantity: number, send: () => Promise<ShopAnswer>): Promise<boolean> => {
    history.add({ type: 'cart-write', at: Date.now(), cart: name, quantity });
    const answer = await send();
    if (answer.status !== 200) return false;
    version = Cart.safeParse(answer.body).data?.version ?? version;
    history.add({ type: 'cart-known', at: Date.now(), cart: name, quantity });
    return true;
  };
  const set = (quantity: number, headers: Record<string, string> = {}) =>
    shopper.ask('PATCH', `/cart/items/${sku}`, { body: { quantity }, headers });
  const add = (key: string) =>
    shopper.ask('POST', '/cart/items', { body: { sku, quantity: 1 }, headers: { 'idempotency-key': key } });

  /** The same addition twice makes two of one unit. */
  const addTwice = async (turn: number) => {
    if (!(await write(1, () => set(1)))) return;
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
      const quantity = 1 + (turn % QUANTITIES);
      if (version === undefined) await write(1, () => add(`${name}-first`));
      else if (turn % REPEATS_EVERY === 0) await addTwice(turn);
      else if (turn % STALE_EVERY === 0) await writeForOldVersion();
      else await write(quantity, () => set(quantity));
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
