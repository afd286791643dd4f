import { z } from 'zod';
import { operation } from './operation.ts';
import {
  Country,
  Currency,
  Id,
  Money,
  PageQuery,
  ProductId,
  page,
  prose,
  Sku,
  Time,
  text,
} from './primitives.ts';
import { anyone, roles } from './roles.ts';

export const StockState = z.enum(['in-stock', 'low', 'out']);
export const Stock = z.object({ available: z.int().min(0), state: StockState });
export const Rating = z.object({ average: z.number().min(0).max(5), count: z.int().min(0) });
/** `url` answers `?w=` 160, 320, 640 or 1280 (raster pictures only). */
export const Image = z.object({ name: z.string(), url: z.string(), alt: z.string() });
export const TaxClass = z.enum(['standard', 'reduced', 'zero']);
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const Options = z.record(text(60), text(120));
const Attributes = z.record(text(60), text(300));

const VariantInput = z.strictObject({
  sku: Sku,
  options: Options.default({}),
  price: Money,
  compareAtPrice: Money.optional(),
  weightGrams: z.int().min(0).max(1_000_000),
});
export const Variant = VariantInput.extend({ stock: Stock }).strip();
export type Variant = z.infer<typeof Variant>;

export const Product = z.object({
  id: ProductId,
  sku: Sku,
  name: z.string(),
  description: z.string(),
  brand: z.string(),
  categories: z.array(Slug),
  taxClass: TaxClass,
  images: z.array(Image),
  attributes: Attributes,
  rating: Rating,
  price: Money,
  compareAtPrice: Money.optional(),
  stock: Stock,
  variants: z.array(Variant),
  discontinued: z.boolean(),
  version: z.int(),
  createdAt: Time,
  updatedAt: Time,
});
export type Product = z.infer<typeof Product>;
export const ProductCard = Product.pick({
  id: true,
  sku: true,
  name: true,
  brand: true,
  categories: true,
  images: true,
  rating: true,
  price: true,
  compareAtPrice: true,
  stock: true,
}).extend({ variantCount: z.int() });
export type ProductCard = z.infer<typeof ProductCard>;

export const Category = z.object({
  slug: Slug,
  name: z.string(),
  count: z.int(),
  get children() {
    return z.array(Category);
  },
});
export type Category = z.infer<typeof Category>;

const Facet = z.array(z.object({ value: z.string(), label: z.string(), count: z.int() }));
export const Facets = z.object({
  category: Facet,
  brand: Facet,
  availability: Facet,
  rating: Facet,
  price: z.array(z.object({ fromMinor: z.int(), toMinor: z.int().nullable(), count: z.int() })),
});
export type Facets = z.infer<typeof Facets>;
export const ProductSort = z.enum(['relevance', 'newest', 'price-asc', 'price-desc', 'rating', 'name']);

const bySku = z.strictObject({ sku: Sku });

export const listProducts = operation({
  id: 'listProducts',
  method: 'get',
  path: '/products',
  policy: anyone,
  summary: 'Search and browse; facets count what the other filters leave',
  query: PageQuery.extend({
    q: text(120).optional(),
    category: Slug.optional(),
    brand: z.union([text(120), z.array(text(120)).max(20)]).optional(),
    minPrice: z.coerce.number().int().min(0).optional(),
    maxPrice: z.coerce.number().int().min(0).optional(),
    inStock: z.enum(['true', 'false']).optional(),
    rating: z.coerce.number().int().min(1).max(5).optional(),
    sort: ProductSort.optional(),
  }),
  answers: { 200: page(ProductCard).extend({ total: z.int(), facets: Facets }) },
});
export const getProduct = operation({
  id: 'getProduct',
  method: 'get',
  path: '/products/{sku}',
  policy: anyone,
  summary: 'One product, by the SKU of a variant or by its id',
  params: bySku,
  answers: { 200: Product },
});
export const listRelated = operation({
  id: 'listRelated',
  method: 'get',
  path: '/products/{sku}/related',
  policy: anyone,
  params: bySku,
  summary: 'Products that go with this one',
  query: PageQuery,
  answers: { 200: page(ProductCard) },
});
export const listCategories = operation({
  id: 'listCategories',
  method: 'get',
  path: '/categories',
  policy: anyone,
  summary: 'The tree with counts',
  answers: { 200: z.object({ items: z.array(Category) }) },
});
export const suggest = operation({
  id: 'suggest',
  method: 'get',
  path: '/suggestions',
  policy: anyone,
  summary: 'Typed-ahead search that forgives typos',
  query: z.strictObject({ q: text(120), limit: z.coerce.number().int().min(1).max(20).default(8) }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({ id: ProductId, sku: Sku, name: z.string(), price: Money, image: Image.optional() }),
      ),
    }),
  },
});
export const PriceSnapshot = z.object({
  sku: Sku,
  productId: ProductId,
  name: z.string(),
  options: Options,
  image: z.string().optional(),
  price: Money,
  taxClass: TaxClass,
  /** Basis points for the asked country: 1900 is 19 %. */
  taxRateBp: z.int().min(0),
  weightGrams: z.int(),
  available: z.int(),
  state: StockState,
  discontinued: z.boolean(),
});
export type PriceSnapshot = z.infer<typeof PriceSnapshot>;
export const snapshotPrices = operation({
  id: 'snapshotPrices',
  method: 'post',
  path: '/price-snapshots',
  policy: anyone,
  summary: 'Price, tax and availability of up to 100 SKUs at this moment; 404 names the unknown ones',
  body: z.strictObject({ skus: z.array(Sku).min(1).max(100), country: Country.optional() }),
  answers: {
    200: z.object({ currency: Currency, shippingTaxRateBp: z.int(), items: z.array(PriceSnapshot) }),
  },
  problems: ['unknown-sku'],
});

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
export const getImage = operation({
  id: 'getImage',
  method: 'get',
  path: '/images/{name}',
  policy: anyone,
  summary: 'A picture; its name is the hash of its content, so it may be cached for ever',
  params: z.strictObject({ name: z.string().regex(/^[a-f0-9]{64}\.(svg|webp|avif|jpg|png)$/) }),
  query: z.strictObject({ w: z.enum(['160', '320', '640', '1280']).optional() }),
  answers: { 200: 'image/*' },
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
export const ImportReport = z.object({
  products: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), failed: z.int() }),
  rows: z.int(),
  /** `line` counts from 1 with the header as line 1, as a spreadsheet shows it. */
  errors: z.array(z.object({ line: z.int(), column: z.string(), product: z.string(), detail: z.string() })),
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
