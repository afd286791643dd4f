import { randomInt } from 'node:crypto';
import { ProductCard } from '@shopstack/contracts/catalogue';
import type { Role } from '@shopstack/contracts/roles';
import { z } from 'zod';
import { type Asking, ask } from './asking.ts';
import { newPerson, type Person } from './people.ts';

/** Who is let in. A bad token is refused wherever tokens are looked at. */
export type Access =
  | 'anyone'
  | 'shopper'
  | 'signed-in'
  | 'follower'
  | 'nobody'
  | 'signature'
  | { roles: readonly Role[]; partner?: 'carrier' };

/** One operation of the matrix: a request of the right shape, who may send it and what they are answered. */
export interface Row {
  access: Access;
  request?: (scene: Scene) => Asking;
  /** A status below 300, or a problem's code. */
  answer: number | string;
}
export type Rows = Readonly<Record<string, Row>>;

/** What requests are about. */
export interface Scene {
  product: ProductCard;
  somebody: Person;
  address: typeof address;
}
export const nothing = '01890000-0000-7000-8000-000000000000';
export const address = {
  name: 'Ada Shopper',
  line1: 'Hafenstraße 1',
  city: 'Hamburg',
  postcode: '20095',
  country: 'DE',
};
export const destination = { country: address.country, postcode: address.postcode, city: address.city };

export async function setScene(admin: Person): Promise<Scene> {
  const { items } = z
    .object({ items: z.array(ProductCard) })
    .parse((await ask('listProducts', { query: { inStock: 'true', sort: 'price-desc', limit: '50' } })).body);
  const fit = items.filter((it) => it.stock.available >= 20 && it.images.length > 0);
  // Hardly the one that another file, running at the same time, buys.
  const product = fit[randomInt(Math.max(1, fit.length))];
  if (!product) throw new Error('no product has 20 units and a picture');
  return { product, somebody: await newPerson('Sol Somebody', admin), address };
}
