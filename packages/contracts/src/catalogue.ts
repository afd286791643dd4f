import { z } from 'zod';
import { operation } from './operation.ts';
import { Country, Currency, Money, PageQuery, ProductId, page, Sku, Time, text } from './primitives.ts';
import { anyone } from './roles.ts';

export const StockState = z.enum(['in-stock', 'low', 'out']);
export const Stock = z.object({ available: z.int().min(0), state: StockState });
export const Rating = z.object({ average: z.number().min(0).max(5), count: z.int().min(0) });
/** `url` answers `?w=` 160, 320, 640 or 1280 (raster pictures only). */
export const Image = z.object({ name: z.string(), url: z.string(), alt: z.string() });
export const TaxClass = z.enum(['standard', 'reduced', 'zero']);
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const Options = z.record(text(60), text(120));
export const Attributes = z.record(text(60), text(300));

export const VariantInput = z.strictObject({
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

export const bySku = z.strictObject({ sku: Sku });

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
