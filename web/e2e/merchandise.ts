import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import { Product } from '@shopstack/contracts/catalogue';
import { z } from 'zod';
import { shopUrl } from './browser-suite.ts';

const Secrets = z.object({ 'account.merchandiser': z.string() });

/** The sample merchandiser, signed in with the password that this shop's launcher made. */
async function merchandiser(): Promise<Shopper> {
  const file = join(process.env.SHOP_DATA_DIR ?? '.shopstack', 'secrets.json');
  const secrets = Secrets.parse(JSON.parse(await readFile(file, 'utf8')));
  const person = createShopper(shopUrl);
  await person.signIn('merchandiser@shopstack.example', secrets['account.merchandiser']);
  return person;
}

/** A new product with so many units; answers its id. */
export async function newProduct(name: string, units: number): Promise<string> {
  const person = await merchandiser();
  const id = `browser-test-${randomUUID()}`;
  const sku = `BT-${randomUUID().slice(0, 8).toUpperCase()}`;
  const body = {
    id,
    name,
    description: 'Made for a test.',
    brand: 'Testhof',
    categories: ['play'],
    variants: [{ sku, price: { amountMinor: 1990, currency: 'EUR' }, weightGrams: 200 }],
  };
  const made = await person.ask('POST', '/catalogue/products', { body });
  if (made.status !== 201) throw new Error(`no product: ${JSON.stringify(made.body)}`);
  Product.parse(made.body);
  const adjusted = await person.ask('POST', `/catalogue/products/${sku}/stock-adjustments`, {
    body: { delta: units, reason: 'browser test' },
    headers: { 'idempotency-key': randomUUID() },
  });
  if (adjusted.status !== 201) throw new Error(`no stock: ${JSON.stringify(adjusted.body)}`);
  return id;
}
