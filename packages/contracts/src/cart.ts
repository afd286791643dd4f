import { z } from 'zod';
import { Stock } from './catalogue.ts';
import { operation } from './operation.ts';
import { Country, Money, ProductId, Quantity, Sku, SkuQuantity, Time, text } from './primitives.ts';
import { shopper, signedIn } from './roles.ts';

export const CartLine = z.object({
  sku: Sku,
  productId: ProductId,
  name: z.string(),
  options: z.record(z.string(), z.string()),
  image: z.string().optional(),
  quantity: Quantity,
  unitPrice: Money,
  lineTotal: Money,
  tax: Money,
  weightGrams: z.int(),
  stock: Stock,
});
export const CartWarning = z.object({
  code: z.enum([
    'price-changed',
    'low-stock',
    'out-of-stock',
    'discontinued',
    'prices-unconfirmed',
    'quantity-capped',
  ]),
  sku: Sku.optional(),
  detail: z.string(),
});
export type CartWarning = z.infer<typeof CartWarning>;
export const Destination = z.strictObject({ country: Country, postcode: text(20), city: text(120) });
export type Destination = z.infer<typeof Destination>;

/** `id` names the cart to dispatch (one order per id and version) and opens nothing: access is by token or cookie. */
export const Cart = z.object({
  id: z.string(),
  version: z.int(),
  lines: z.array(CartLine),
  itemCount: z.int(),
  subtotal: Money,
  tax: Money,
  discount: Money,
  total: Money,
  destination: Destination.optional(),
  warnings: z.array(CartWarning),
  updatedAt: Time,
});
export type Cart = z.infer<typeof Cart>;

/** What is in a cart as Redis has it; nobody has looked whether it can be bought. */
export const CartContents = z.object({
  ...Cart.pick({ id: true, version: true }).shape,
  lines: z.array(CartLine.pick({ sku: true, quantity: true })),
});
export type CartContents = z.infer<typeof CartContents>;

const bySku = z.strictObject({ sku: Sku });
export const getCart = operation({
  id: 'getCart',
  method: 'get',
  path: '/',
  policy: shopper,
  summary: 'The cart at current prices',
  answers: { 200: Cart },
});
export const getCartContents = operation({
  id: 'getCartContents',
  method: 'get',
  path: '/contents',
  policy: shopper,
  summary: 'What is in the cart, without prices and stock',
  answers: { 200: CartContents },
});
export const emptyCart = operation({
  id: 'emptyCart',
  method: 'delete',
  path: '/',
  policy: shopper,
  summary: 'Take everything out',
  answers: { 200: Cart },
  ifMatch: 'optional',
});
export const addItem = operation({
  id: 'addItem',
  method: 'post',
  path: '/items',
  policy: shopper,
  summary: 'Add to what is there; an Idempotency-Key makes a resend harmless',
  body: SkuQuantity,
  answers: { 200: Cart },
  problems: ['unknown-sku', 'out-of-stock', 'cart-full'],
  ifMatch: 'optional',
});
export const setItem = operation({
  id: 'setItem',
  method: 'patch',
  path: '/items/{sku}',
  policy: shopper,
  params: bySku,
  summary: 'Set the quantity',
  body: z.strictObject({ quantity: Quantity }),
  answers: { 200: Cart },
  problems: ['out-of-stock'],
  ifMatch: 'optional',
});
export const removeItem = operation({
  id: 'removeItem',
  method: 'delete',
  path: '/items/{sku}',
  policy: shopper,
  params: bySku,
  summary: 'Take a line out',
  answers: { 200: Cart },
  ifMatch: 'optional',
});
export const setDestination = operation({
  id: 'setDestination',
  method: 'put',
  path: '/destination',
  policy: shopper,
  summary: 'Where it goes: decides the tax',
  body: Destination,
  answers: { 200: Cart },
  ifMatch: 'optional',
});
export const mergeCart = operation({
  id: 'mergeCart',
  method: 'post',
  path: '/merge',
  policy: signedIn,
  summary: "Add the guest cookie's cart to the user's, capped by stock; repeating it adds nothing",
  answers: { 200: Cart },
});
