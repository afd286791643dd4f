import { z } from 'zod';

/** UUID v7, the identity of everything that is created at run time. */
export const Id = z.uuid();
/** Stock keeping unit: identifies one variant of one product. */
export const Sku = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** A product's id: the Handle of its CSV row. */
export const ProductId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);
/** RFC 3339 in UTC, for example 2026-11-22T09:30:00.000Z. */
export const Time = z.iso.datetime();
/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/);
/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Quantity = z.int().min(1).max(99);
export const Email = z.email().max(254);

/** One line that a person typed: no control characters, and more than blanks unless it may be empty. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(min === 0 ? /^[^\p{Cc}]*$/u : /^(?=.*\S|$)[^\p{Cc}]*$/u);
/** Text of several lines. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*(?:[\r\n\t][^\p{Cc}]*)*$/u);

/** Integer minor units (cents for EUR) in one currency; never a float. Prices are zero or more. */
export const Money = z.strictObject({ amountMinor: z.int().min(0), currency: Currency });
export type Money = z.infer<typeof Money>;

export const Address = z.strictObject({
  name: text(120),
  line1: text(200),
  line2: text(200).optional(),
  city: text(120),
  region: text(120).optional(),
  postcode: text(20),
  country: Country,
  phone: z
    .string()
    .regex(/^[+0-9 ()/-]{5,30}$/)
    .optional(),
});
export type Address = z.infer<typeof Address>;

/** One SKU and how many of it. */
export const SkuQuantity = z.strictObject({ sku: Sku, quantity: Quantity });
export type SkuQuantity = z.infer<typeof SkuQuantity>;

/** `?limit=` and `?cursor=` of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(24),
  cursor: z.string().max(512).optional(),
});
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const Empty = z.strictObject({});
