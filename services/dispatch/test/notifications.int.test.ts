import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.participants.repeat(1);
  shop.mailServer.be('accept');
});

const confirmed = async (email: string) => {
  const guest = shop.guest();
  const { body } = await guest.order(undefined, { email }).expect(201);
  await shop.reach(body.id, body.followToken, 'confirmed');
  return body;
};
const lettersTo = (email: string) => shop.mailServer.letters.filter((it) => it.to === email);
const stateOf = async (id: string) => (await shop.store.notifications.ofOrder(id)).map((it) => it.state);
const readable = (body: string) => body.replaceAll('=\n', '').replaceAll('=3D', '=');

test('a receipt carries number, lines, tax, total and the link, once', async () => {
  shop.participants.repeat(3);
  const order = await confirmed('receipt@example.com');
  await until(() => expect(lettersTo('receipt@example.com')).toHaveLength(1));
  const body = readable(lettersTo('receipt@example.com')[0]?.body ?? '');
  for (const part of [order.number, 'Cup CUP-1', '24.88 EUR', '3.97 EUR', `#follow=${order.followToken}`])
    expect(body).toContain(part);
  expect(body).toContain('Content-Type: text/plain');
  expect(body).toContain('Content-Type: text/html');
  await until(async () => expect(await stateOf(order.id)).toEqual(['sent']));
  expect(lettersTo('receipt@example.com')).toHaveLength(1);
});

test('a letter whose fate is unknown is shown as such and not sent again', async () => {
  shop.mailServer.be('hang-up-after-body');
  const order = await confirmed('unknown@example.com');
  await until(() => expect(lettersTo('unknown@example.com')).toHaveLength(1));
  shop.mailServer.be('accept');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await stateOf(order.id)).toEqual(['unknown']);
  expect(lettersTo('unknown@example.com')).toHaveLength(1);
});

test('an address nobody has is given up at once', async () => {
  shop.mailServer.be('refuse');
  const order = await confirmed('nobody@example.com');
  await until(async () => expect(await stateOf(order.id)).toEqual(['refused']));
});

test('while the mail server is away nothing is given up', async () => {
  await shop.mailServer.pause();
  const order = await confirmed('later@example.com');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await stateOf(order.id)).toEqual([]);
  await shop.mailServer.resume();
  await until(() => expect(lettersTo('later@example.com')).toHaveLength(1), 20_000);
});
