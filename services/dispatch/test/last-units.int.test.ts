import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { cartLine } from './fake-services.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.services.stocks.set('FEW', 2);
});

const codeOf = (body: { type: string }) => body.type.replace('urn:shopstack:problem:', '');
const few = () => shop.guest('sim_ok', [cartLine('FEW')]);
const looksFromNow = () => {
  const { requests } = shop.services.catalogue;
  const before = requests.length;
  return () => requests.length - before;
};

/** Somebody orders them, and somebody else who waits for what the catalogue says of them. */
const firstAndLate = async (status: number) => {
  shop.participants.mute('stock.reserve');
  const { id } = (await few().order().expect(201)).body;
  const looks = looksFromNow();
  const late = few().order().expect(status);
  const outcome = Promise.race([late, new Promise((resolve) => setTimeout(resolve, 500, 'waits'))]);
  expect(await outcome).toBe('waits');
  shop.participants.mute();
  return { about: { orderId: String(id), round: 1 }, late, looks };
};

test('the last units are promised once: who comes after is told when they are gone', async () => {
  const { about, late } = await firstAndLate(409);
  shop.services.stocks.set('FEW', 0);
  await shop.participants.tell(m.stockReserved, about);
  expect(codeOf((await late).body)).toBe('out-of-stock');
});

test('the last units are for who comes after as soon as the first does not get them', async () => {
  const { about, late, looks } = await firstAndLate(201);
  await shop.participants.tell(m.stockRejected, { ...about, shortages: [] });
  await late;
  // It did not look until the promise was forgotten.
  expect(looks()).toBeLessThan(10);
});

test('the last units are given back at once by an order that does not come about', async () => {
  const cheap = { expectedTotal: { amountMinor: 1, currency: 'EUR' } };
  expect(codeOf((await few().order(uuidv7(), cheap).expect(409)).body)).toBe('price-changed');
  const looks = looksFromNow();
  await few().order().expect(201);
  expect(looks()).toBe(1);
});
