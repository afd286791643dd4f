import { randomUUID } from 'node:crypto';
import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import type { SampleAccount } from '@shopstack/stack/accounts';

export interface Goods {
  /** Plenty of each. */
  plenty: string[];
  /** Fewer units than will be asked for. */
  scarce: string;
  /** For carts that are written and never ordered. */
  shelf: string;
}

const PLENTY_UNITS = 100_000;

/** Puts the campaign's own products on sale as the merchandiser. Throws when the shop refuses. */
export async function putOnSale(
  shopUrl: string,
  merchandiser: SampleAccount,
  amounts: { products: number; scarceUnits: number },
): Promise<Goods> {
  const person = createShopper(shopUrl);
  await person.signIn(merchandiser.email, merchandiser.password);
  const plenty: string[] = [];
  for (let number = 1; number <= amounts.products; number++) {
    plenty.push(await newProduct(person, `Campaign product ${number}`, PLENTY_UNITS));
  }
  return {
    plenty,
    scarce: await newProduct(person, 'Campaign product, nearly sold out', amounts.scarceUnits),
    shelf: await newProduct(person, 'Campaign product for carts', PLENTY_UNITS),
  };
}

/** Answers the SKU of a new product with so many units. */
export async function newProduct(merchandiser: Shopper, name: string, units: number): Promise<string> {
  const sku = `CH-${randomUUID().slice(0, 8).toUpperCase()}`;
  const body = {
    id: `campaign-${randomUUID()}`,
    name,
    description: 'Made for a fault campaign.',
    brand: 'Testhof',
    categories: ['play'],
    variants: [{ sku, price: { amountMinor: 1990, currency: 'EUR' }, weightGrams: 200 }],
  };
  const made = await merchandiser.ask('POST', '/catalogue/products', { body });
  if (made.status !== 201) throw new Error(`no product: ${JSON.stringify(made.body)}`);
  const adjusted = await merchandiser.ask('POST', `/catalogue/products/${sku}/stock-adjustments`, {
    body: { delta: units, reason: 'fault campaign' },
    headers: { 'idempotency-key': randomUUID() },
  });
  if (adjusted.status !== 201) throw new Error(`no stock: ${JSON.stringify(adjusted.body)}`);
  return sku;
}
