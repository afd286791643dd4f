import { beforeAll, expect, test } from '@jest/globals';
import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import { ProblemDetails } from '@shopstack/contracts/problems';
import { eventually } from '@shopstack/testkit/eventually';
import { type ServiceName, serviceNames } from '../src/services.ts';
import { openGivenShop } from './given-shop.ts';

const ANSWER_WITHIN_MS = 6000;
const RECOVERED_WITHIN_MS = 15_000;
const shop = openGivenShop();
let shopper: Shopper;
let account: { email: string; password: string };
let sku = '';
let productId = '';
let orderId = '';

beforeAll(async () => {
  shopper = createShopper(shop.url);
  const { email, password } = await shopper.signUp();
  account = { email, password };
  const { items } = await shopper.find('inStock=true&limit=50');
  const product = items.find(({ stock }) => stock.available >= 10);
  if (!product) throw new Error('nothing to buy');
  ({ sku, id: productId } = product);
  orderId = (await shopper.buy(sku)).id;
  await shopper.until(orderId, ['confirmed', 'shipped', 'completed']);
  await eventually(async () => (await shopper.cart()).lines.length === 0);
  await shopper.add(sku);
}, 60_000);

interface Request {
  method: string;
  path: string;
  body?: object;
}
const get = (path: string): Request => ({ method: 'GET', path });
const post = (path: string, body: object): Request => ({ method: 'POST', path, body });

interface Asked {
  needs: Request[];
  free: Request[];
  unready: ServiceName[];
}
/** Requests that cannot be answered without this store, and those that can; all are for a signed-in customer. */
const requests: Record<string, () => Asked> = {
  redis: () => ({
    needs: [get('/cart'), post('/cart/items', { sku, quantity: 1 })],
    free: [
      post('/user/sessions', account),
      get('/user/users/me'),
      get(`/catalogue/products/${sku}`),
      get(`/payment/payments?orderId=${orderId}`),
      get(`/shipping/shipments?orderId=${orderId}`),
      get(`/ratings/products/${productId}/rating`),
      get(`/dispatch/orders/${orderId}`),
    ],
    unready: ['cart'],
  }),
  mariadb: () => ({
    needs: [
      get(`/payment/payments?orderId=${orderId}`),
      get(`/shipping/shipments?orderId=${orderId}`),
      get(`/ratings/products/${productId}/rating`),
      get(`/dispatch/orders/${orderId}`),
      post('/shipping/quotes', {
        destination: { country: 'DE', postcode: '20095', city: 'Hamburg' },
        lines: [{ sku, quantity: 1 }],
      }),
    ],
    free: [
      get('/user/users/me'),
      get(`/catalogue/products/${sku}`),
      get('/cart'),
      get('/payment/payment-methods?country=DE&currency=EUR'),
      post('/user/sessions', account),
    ],
    unready: ['payment', 'shipping', 'ratings', 'dispatch'],
  }),
  mongo: () => ({
    needs: [get('/user/users/me'), get(`/catalogue/products/${sku}`), post('/user/sessions', account)],
    free: [
      get('/cart'),
      get(`/payment/payments?orderId=${orderId}`),
      get(`/shipping/shipments?orderId=${orderId}`),
      get(`/ratings/products/${productId}/rating`),
      get(`/dispatch/orders/${orderId}`),
    ],
    unready: ['user', 'catalogue'],
  }),
};

async function send({ method, path, body }: Request) {
  const began = Date.now();
  // Signing in where one is signed in ends the session before.
  const by = path === '/user/sessions' ? createShopper(shop.url) : shopper;
  const { status, headers, body: answer } = await by.ask(method, path, body ? { body } : {});
  return { asked: `${method} ${path}`, status, headers, answer, took: Date.now() - began };
}
async function readiness(name: ServiceName): Promise<number> {
  const url = `http://127.0.0.1:${shop.surroundings.ports(name)}/health/ready`;
  return (await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).status;
}
const pids = () => shop.parts.map(({ name, pid, restarts }) => ({ name, pid, restarts }));

function expectUnavailable({ asked, status, headers, answer, took }: Awaited<ReturnType<typeof send>>): void {
  expect([asked, status, answer]).toEqual([asked, 503, expect.anything()]);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(ProblemDetails.parse(answer).type).toBe('urn:shopstack:problem:unavailable');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect([asked, took < ANSWER_WITHIN_MS ? 'in time' : took]).toEqual([asked, 'in time']);
  expect(JSON.stringify(answer)).not.toMatch(/\n\s+at |node_modules|ECONN|\.ts:/);
}

/** What it answers while the store's process stands still, which is worse than an end: nobody says so. */
async function answersWithout(store: string, { needs, free, unready }: Asked): Promise<void> {
  const [refused, served, ready] = await Promise.all([
    Promise.all(needs.map(send)),
    Promise.all(free.map(send)),
    Promise.all(serviceNames.map(async (name) => [name, await readiness(name)] as const)),
  ]);
  for (const it of refused) expectUnavailable(it);
  for (const { asked, status, answer, took } of served) {
    expect([store, asked, status < 300 || answer]).toEqual([store, asked, true]);
    expect([asked, took < ANSWER_WITHIN_MS ? 'in time' : took]).toEqual([asked, 'in time']);
  }
  expect(ready).toEqual(serviceNames.map((name) => [name, unready.includes(name) ? 503 : 200]));
  for (const it of await Promise.all(needs.map(send))) expectUnavailable(it);
}

test.each(Object.keys(requests))(
  '%s hangs: honest answers at once, and all comes back by itself',
  async (store) => {
    const asked = requests[store]?.() ?? { needs: [], free: [], unready: [] };
    const before = pids();
    shop.kill(store, 'SIGSTOP');
    try {
      await answersWithout(store, asked);
    } finally {
      shop.kill(store, 'SIGCONT');
    }
    await eventually(async () => {
      const all = await Promise.all([...asked.needs, ...asked.free].map(send));
      expect(all.filter(({ status }) => status >= 300).map(({ asked, answer }) => [asked, answer])).toEqual(
        [],
      );
      expect(await Promise.all(serviceNames.map(readiness))).toEqual(serviceNames.map(() => 200));
      return true;
    }, RECOVERED_WITHIN_MS);
    expect(pids()).toEqual(before);
  },
  60_000,
);

test('a service that is gone is a 503 of the gateway; the others answer; it comes back', async () => {
  shop.kill('ratings', 'SIGKILL');
  const gone = await eventually(async () => {
    const it = await send(get(`/ratings/products/${productId}/rating`));
    return it.status === 503 && it;
  }, 1000);
  expectUnavailable(gone);
  const others = serviceNames.filter((name) => name !== 'ratings');
  const answers = await Promise.all(others.map((name) => send(get(`/${name}/openapi.json`))));
  expect(answers.map(({ status }) => status)).toEqual(others.map(() => 200));
  await eventually(
    async () => (await send(get(`/ratings/products/${productId}/rating`))).status === 200,
    RECOVERED_WITHIN_MS,
    100,
  );
}, 30_000);

test('with every service gone the gateway still answers, and all come back', async () => {
  for (const name of serviceNames) shop.kill(name, 'SIGKILL');
  const gone = await eventually(async () => {
    const all = await Promise.all(serviceNames.map((name) => send(get(`/${name}/openapi.json`))));
    return all.every(({ status }) => status === 503) && all;
  }, 1000);
  for (const it of gone) expectUnavailable(it);
  expect((await fetch(shop.url)).status).toBe(200);
  await eventually(
    async () => {
      expect(await Promise.all(serviceNames.map(readiness))).toEqual(serviceNames.map(() => 200));
      return true;
    },
    2 * RECOVERED_WITHIN_MS,
    200,
  );
}, 60_000);

test('after all of it a customer still buys', async () => {
  const again = createShopper(shop.url);
  const placed = await eventually(() => again.buy(sku), 20_000, 500);
  await again.until(placed.id, ['confirmed', 'shipped', 'completed'], 30_000);
}, 60_000);
