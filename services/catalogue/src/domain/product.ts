import type { Product, ProductCard, Variant } from '@shopstack/contracts/catalogue';

export interface VariantRecord {
  sku: string;
  options: Record<string, string>;
  priceMinor: number;
  compareAtMinor?: number | undefined;
  weightGrams: number;
}
export interface ImageRecord {
  name: string;
  alt: string;
}
/** A product as it is kept; its price is in the shop's currency. */
export interface ProductRecord {
  _id: string;
  name: string;
  description: string;
  brand: string;
  categories: string[];
  taxClass: 'standard' | 'reduced' | 'zero';
  attributes: Record<string, string>;
  images: ImageRecord[];
  variants: VariantRecord[];
  rating: { average: number; count: number; version: number };
  discontinued: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
/** What is for sale of a SKU at this moment. */
export type Availability = (sku: string) => number;
export interface ShopFront {
  currency: string;
  /** Where the outside finds this service, for example /api/v1/catalogue. */
  publicPath: string;
}

const LOW_STOCK = 5;
export const stockState = (available: number): 'in-stock' | 'low' | 'out' =>
  available <= 0 ? 'out' : available <= LOW_STOCK ? 'low' : 'in-stock';
const stockOf = (available: number) => ({
  available: Math.max(0, available),
  state: stockState(available),
});

/** The variant a product is shown with: the one asked for, else the first that can be bought, else the first. */
function leadVariant(product: ProductRecord, available: Availability, sku?: string): VariantRecord {
  const asked = product.variants.find((it) => it.sku === sku);
  const lead = asked ?? product.variants.find((it) => available(it.sku) > 0) ?? product.variants[0];
  if (!lead) throw new Error(`product ${product._id} has no variant`);
  return lead;
}

export const imageUrl = (front: ShopFront, name: string): string => `${front.publicPath}/images/${name}`;
const images = (product: ProductRecord, front: ShopFront) =>
  product.images.map(({ name, alt }) => ({ name, alt, url: imageUrl(front, name) }));

const prices = (it: VariantRecord, { currency }: ShopFront) => ({
  price: { amountMinor: it.priceMinor, currency },
  ...(it.compareAtMinor === undefined
    ? {}
    : { compareAtPrice: { amountMinor: it.compareAtMinor, currency } }),
});
const variant = (it: VariantRecord, available: Availability, front: ShopFront): Variant => ({
  sku: it.sku,
  options: it.options,
  weightGrams: it.weightGrams,
  ...prices(it, front),
  stock: stockOf(available(it.sku)),
});
const rating = ({ average, count }: ProductRecord['rating']) => ({ average, count });

/** A product as its page shows it. */
export function presentProduct(
  product: ProductRecord,
  available: Availability,
  front: ShopFront & { sku?: string },
): Product {
  const lead = leadVariant(product, available, front.sku);
  return {
    id: product._id,
    sku: lead.sku,
    name: product.name,
    description: product.description,
    brand: product.brand,
    categories: product.categories,
    taxClass: product.taxClass,
    images: images(product, front),
    attributes: product.attributes,
    rating: rating(product.rating),
    ...prices(lead, front),
    stock: stockOf(available(lead.sku)),
    variants: product.variants.map((it) => variant(it, available, front)),
    discontinued: product.discontinued,
    version: product.version,
    createdAt: product.createdAt.toISOString(),
    updatedAt: product.updatedAt.toISOString(),
  };
}

/** A product as a list shows it; its stock is that of all its variants together. */
export function presentCard(product: ProductRecord, available: Availability, front: ShopFront): ProductCard {
  const lead = leadVariant(product, available);
  const total = product.variants.reduce((sum, it) => sum + Math.max(0, available(it.sku)), 0);
  return {
    id: product._id,
    sku: lead.sku,
    name: product.name,
    brand: product.brand,
    categories: product.categories,
    images: images(product, front).slice(0, 2),
    rating: rating(product.rating),
    ...prices(lead, front),
    stock: stockOf(total),
    variantCount: product.variants.length,
  };
}
