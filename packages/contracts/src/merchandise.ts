import { z } from 'zod';
import { Attributes, bySku, Product, Slug, TaxClass, VariantInput } from './catalogue.ts';
import { operation } from './operation.ts';
import { Id, PageQuery, ProductId, page, prose, Sku, Time, text } from './primitives.ts';
import { roles } from './roles.ts';

const ProductFields = z.strictObject({
  name: text(200),
  description: prose(20_000).default(''),
  brand: text(120),
  categories: z.array(Slug).min(1).max(10),
  taxClass: TaxClass.default('standard'),
  attributes: Attributes.default({}),
  variants: z.array(VariantInput).min(1).max(100),
});
export type ProductFields = z.infer<typeof ProductFields>;
export const createProduct = operation({
  id: 'createProduct',
  method: 'post',
  path: '/products',
  policy: roles('merchandiser'),
  summary: 'Add a product',
  body: ProductFields.extend({ id: ProductId }),
  answers: { 201: Product },
  problems: ['sku-taken', 'product-exists'],
});
export const replaceProduct = operation({
  id: 'replaceProduct',
  method: 'put',
  path: '/products/{sku}',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'Replace a product',
  body: ProductFields,
  answers: { 200: Product },
  problems: ['sku-taken'],
  ifMatch: 'required',
});
export const patchProduct = operation({
  id: 'patchProduct',
  method: 'patch',
  path: '/products/{sku}',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'Change some fields',
  body: z.strictObject({
    name: text(200).optional(),
    description: prose(20_000).optional(),
    brand: text(120).optional(),
    categories: z.array(Slug).min(1).max(10).optional(),
    taxClass: TaxClass.optional(),
    attributes: Attributes.optional(),
    variants: z.array(VariantInput).min(1).max(100).optional(),
    discontinued: z.boolean().optional(),
  }),
  answers: { 200: Product },
  problems: ['sku-taken'],
  ifMatch: 'required',
});
export const discontinueProduct = operation({
  id: 'discontinueProduct',
  method: 'delete',
  path: '/products/{sku}',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'Take a product off sale; orders and reviews keep it',
  answers: { 204: null },
  ifMatch: 'required',
});
export const uploadImage = operation({
  id: 'uploadImage',
  method: 'post',
  path: '/products/{sku}/images',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'Add a picture (JPEG, PNG, WebP or AVIF, re-encoded)',
  query: z.strictObject({ alt: text(300, 0).default('') }),
  rawBody: { contentType: 'image/*', maxBytes: 8 * 1024 * 1024 },
  answers: { 201: Product },
  problems: ['image-unreadable'],
  ifMatch: 'optional',
});

export const adjustStock = operation({
  id: 'adjustStock',
  method: 'post',
  path: '/products/{sku}/stock-adjustments',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'Goods arrived, were counted or got lost',
  idempotent: true,
  body: z.strictObject({ delta: z.int().min(-1_000_000).max(1_000_000), reason: text(300) }),
  answers: { 201: z.object({ sku: Sku, available: z.int(), movementId: Id }) },
  problems: ['stock-would-be-negative'],
});
export const StockMovement = z.object({
  id: z.string(),
  sku: Sku,
  kind: z.enum(['adjustment', 'import', 'sold', 'restocked']),
  delta: z.int(),
  reason: z.string(),
  orderId: Id.optional(),
  by: z.string().optional(),
  at: Time,
});
export const listStockMovements = operation({
  id: 'listStockMovements',
  method: 'get',
  path: '/products/{sku}/stock-movements',
  policy: roles('merchandiser'),
  params: bySku,
  summary: 'What changed the stock, newest first',
  query: PageQuery,
  answers: { 200: page(StockMovement) },
});
/** `line` counts from 1 with the header as line 1, as a spreadsheet shows it. */
const RowRemark = z.object({ line: z.int(), column: z.string(), product: z.string(), detail: z.string() });
export const ImportReport = z.object({
  products: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), failed: z.int() }),
  rows: z.int(),
  /** Products with an error were left out whole; those with a warning came in without what it names. */
  errors: z.array(RowRemark),
  warnings: z.array(RowRemark),
});
export type ImportReport = z.infer<typeof ImportReport>;
export const importProducts = operation({
  id: 'importProducts',
  method: 'post',
  path: '/imports',
  policy: roles('merchandiser'),
  summary: "Products from a CSV in Shopify's format; a product with a bad row is left out whole and reported",
  rawBody: { contentType: 'text/csv', maxBytes: 20 * 1024 * 1024 },
  answers: { 200: ImportReport },
  problems: ['csv-unreadable'],
});
export const exportProducts = operation({
  id: 'exportProducts',
  method: 'get',
  path: '/exports/products.csv',
  policy: roles('merchandiser'),
  summary: 'All products in the format of the import',
  answers: { 200: 'text/csv' },
});
export const ReservationState = z.enum([
  'PENDING',
  'UNDOING',
  'REJECTED',
  'HELD',
  'COMMITTING',
  'COMMITTED',
  'RELEASING',
  'RELEASED',
  'RESTOCKING',
  'RESTOCKED',
]);
export const getReservation = operation({
  id: 'getReservation',
  method: 'get',
  path: '/reservations/{orderId}',
  policy: roles('support', 'merchandiser'),
  summary: 'What is held for an order',
  params: z.strictObject({ orderId: Id }),
  answers: {
    200: z.object({
      orderId: Id,
      state: ReservationState,
      round: z.int(),
      createdAt: Time,
      updatedAt: Time,
      lines: z.array(z.object({ sku: Sku, quantity: z.int() })),
    }),
  },
});
