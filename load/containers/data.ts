import { createShopper } from '@shopstack/acceptance/shopper';
import { compose, shopUrl } from './engine.ts';
import { type Step, secondsSince } from './proof.ts';

/** An account and its order are there again after `down` and `up`. */
export const keepData: Step = async ({ say, promise }) => {
  const before = createShopper(shopUrl);
  const { email, password } = await before.signUp();
  const { items } = await before.find('inStock=true&limit=1');
  const { id } = await before.buy(items[0]?.sku ?? '');
  await before.until(id, ['confirmed', 'shipped', 'completed']);
  await compose(['down']);
  const began = performance.now();
  await compose(['up', '--wait']);
  say(`docker compose down, and up --wait again: ${secondsSince(began)} s`);
  const after = createShopper(shopUrl);
  const signedIn = await after.signIn(email, password).catch(() => undefined);
  promise('the account signs in again', signedIn !== undefined);
  const order = await after.order(id).catch(() => undefined);
  promise(`its order is there: ${order?.status ?? 'no'}`, order !== undefined);
};
