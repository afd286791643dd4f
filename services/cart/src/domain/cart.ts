import type { Cart, CartWarning, Destination } from '@shopstack/contracts/cart';
import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import { sumMoney, taxContained } from '@shopstack/contracts/money';
import { z } from 'zod';

/** What a line cost and was called when it was put in. */
export const KnownPrice = z.object({
  productId: z.string(),
  name: z.string(),
  options: z.record(z.string(), z.string()),
  image: z.string().optional(),
  priceMinor: z.int(),
  currency: z.string(),
  taxRateBp: z.int(),
  weightGrams: z.int(),
  addedAt: z.string(),
});
export type KnownPrice = z.infer<typeof KnownPrice>;
export interface CartRecord {
  version: number;
  updatedAt: Date;
  lines: { sku: string; quantity: number; known?: KnownPrice }[];
  destination?: Destination;
}
type Line = CartRecord['lines'][number];
/** Prices as the catalogue tells them now, or nothing while it is away. */
export type Prices =
  | { confirmed: true; bySku: ReadonlyMap<string, PriceSnapshot> }
  | { confirmed: false; lastKnown: LastKnown };
export type LastKnown = ReadonlyMap<string, { priceMinor?: number; discontinued: boolean }>;

/** `addedAt` keeps a line's place in the cart. */
export const knownFrom = (it: PriceSnapshot, addedAt: string): KnownPrice => ({
  productId: it.productId,
  name: it.name,
  options: it.options,
  ...(it.image === undefined ? {} : { image: it.image }),
  priceMinor: it.price.amountMinor,
  currency: it.price.currency,
  taxRateBp: it.taxRateBp,
  weightGrams: it.weightGrams,
  addedAt,
});

/** The cart at these prices, with a warning for everything its owner should know. */
export function presentCart(id: string, record: CartRecord, prices: Prices, currency: string): Cart {
  const shown = record.lines.map((line) =>
    prices.confirmed ? confirmed(line, prices.bySku) : remembered(line, prices.lastKnown),
  );
  const lines = shown.flatMap(({ line }) => (line ? [line] : []));
  const unconfirmed: CartWarning[] =
    prices.confirmed || record.lines.length === 0
      ? []
      : [
          {
            code: 'prices-unconfirmed',
            detail: 'Prices cannot be confirmed at the moment; ordering has to wait.',
          },
        ];
  const subtotal = sumMoney(
    lines.map(({ lineTotal }) => lineTotal),
    currency,
  );
  return {
    id,
    version: record.version,
    lines,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal,
    tax: sumMoney(
      lines.map(({ tax }) => tax),
      currency,
    ),
    discount: { amountMinor: 0, currency },
    total: subtotal,
    ...(record.destination ? { destination: record.destination } : {}),
    warnings: [...unconfirmed, ...shown.flatMap(({ warnings }) => warnings)],
    updatedAt: record.updatedAt.toISOString(),
  };
}

interface Shown {
  line?: Cart['lines'][number];
  warnings: CartWarning[];
}

function confirmed(line: Line, bySku: ReadonlyMap<string, PriceSnapshot>): Shown {
  const it = bySku.get(line.sku);
  if (!it)
    return {
      ...remembered(line, new Map()),
      warnings: [discontinued(line.sku, line.known?.name ?? line.sku)],
    };
  const amountMinor = it.price.amountMinor * line.quantity;
  const lineTotal = { amountMinor, currency: it.price.currency };
  return {
    line: {
      sku: line.sku,
      productId: it.productId,
      name: it.name,
      options: it.options,
      ...(it.image === undefined ? {} : { image: it.image }),
      quantity: line.quantity,
      unitPrice: it.price,
      lineTotal,
      tax: taxContained(lineTotal, it.taxRateBp),
      weightGrams: it.weightGrams,
      stock: { available: it.available, state: it.state },
    },
    warnings: warningsOf(line, it),
  };
}

function warningsOf(line: Line, it: PriceSnapshot): CartWarning[] {
  const warnings: CartWarning[] = [];
  if (it.discontinued) return [discontinued(line.sku, it.name)];
  if (it.available === 0) {
    warnings.push({ code: 'out-of-stock', sku: line.sku, detail: `${it.name} is sold out.` });
  } else if (it.available < line.quantity) {
    warnings.push({
      code: 'low-stock',
      sku: line.sku,
      detail: `Only ${it.available} of ${it.name} are left.`,
    });
  }
  if (line.known && line.known.priceMinor !== it.price.amountMinor) {
    const way = line.known.priceMinor < it.price.amountMinor ? 'more' : 'less';
    warnings.push({
      code: 'price-changed',
      sku: line.sku,
      detail: `${it.name} costs ${way} than when you added it.`,
    });
  }
  return warnings;
}
export const cappedWarning = (sku: string): CartWarning => ({
  code: 'quantity-capped',
  sku,
  detail: 'There is not enough to add everything of it.',
});
const discontinued = (sku: string, name: string): CartWarning => ({
  code: 'discontinued',
  sku,
  detail: `${name} is no longer sold.`,
});

function remembered(line: Line, lastKnown: LastKnown): Shown {
  const { known } = line;
  if (!known) return { warnings: [] };
  const last = lastKnown.get(line.sku);
  const unitPrice = { amountMinor: last?.priceMinor ?? known.priceMinor, currency: known.currency };
  const lineTotal = { amountMinor: unitPrice.amountMinor * line.quantity, currency: known.currency };
  return {
    line: {
      sku: line.sku,
      productId: known.productId,
      name: known.name,
      options: known.options,
      ...(known.image === undefined ? {} : { image: known.image }),
      quantity: line.quantity,
      unitPrice,
      lineTotal,
      tax: taxContained(lineTotal, known.taxRateBp),
      weightGrams: known.weightGrams,
      stock: { available: 0, state: 'out' },
    },
    warnings: last?.discontinued ? [discontinued(line.sku, known.name)] : [],
  };
}
