import { stringify } from 'csv-stringify/sync';
import type { ProductRecord } from './product.ts';

const columns = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Fulfillment Service',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'Variant Tax Code',
  'Status',
] as const;
type Column = (typeof columns)[number];
type Cells = Partial<Record<Column, string>>;

export const csvHeader = (): string => stringify([[...columns]]);

/** Rows of one product as the import reads them; cells that a spreadsheet would run as formulas are made harmless. */
export function csvRows(
  product: ProductRecord,
  shown: { available: ReadonlyMap<string, number>; category: string; imageUrl: (name: string) => string },
): string {
  const count = Math.max(product.variants.length, product.images.length);
  const rows = Array.from({ length: count }, (_, at) => {
    const cells: Cells = { Handle: product._id, ...(at === 0 ? productCells(product, shown.category) : {}) };
    const variant = product.variants[at];
    const image = product.images[at];
    if (variant) Object.assign(cells, variantCells(product, variant, shown.available.get(variant.sku) ?? 0));
    if (image) {
      Object.assign(cells, {
        'Image Src': shown.imageUrl(image.name),
        'Image Position': String(at + 1),
        'Image Alt Text': image.alt,
      });
    }
    return columns.map((column) => harmless(cells[column] ?? ''));
  });
  return stringify(rows);
}

function productCells(product: ProductRecord, category: string): Cells {
  const names = Object.keys(product.variants[0]?.options ?? {});
  const { Tags = '', ...named } = product.attributes;
  const tags = [...Object.entries(named).map(([name, value]) => `${name}:${value}`), Tags].filter(
    (it) => it !== '',
  );
  return {
    Title: product.name,
    'Body (HTML)': product.description,
    Vendor: product.brand,
    Type: category,
    Tags: tags.join(', '),
    Published: 'true',
    'Option1 Name': names[0] ?? 'Title',
    'Option2 Name': names[1] ?? '',
    'Option3 Name': names[2] ?? '',
    'Gift Card': 'false',
    Status: product.discontinued ? 'archived' : 'active',
  };
}

function variantCells(
  product: ProductRecord,
  variant: ProductRecord['variants'][number],
  units: number,
): Cells {
  const values = Object.values(variant.options);
  return {
    'Option1 Value': values[0] ?? 'Default Title',
    'Option2 Value': values[1] ?? '',
    'Option3 Value': values[2] ?? '',
    'Variant SKU': variant.sku,
    'Variant Grams': String(variant.weightGrams),
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': String(units),
    'Variant Inventory Policy': 'deny',
    'Variant Fulfillment Service': 'manual',
    'Variant Price': decimal(variant.priceMinor),
    'Variant Compare At Price': variant.compareAtMinor === undefined ? '' : decimal(variant.compareAtMinor),
    'Variant Requires Shipping': 'true',
    'Variant Taxable': String(product.taxClass !== 'zero'),
    'Variant Tax Code': product.taxClass === 'reduced' ? 'reduced' : '',
  };
}
const decimal = (minor: number): string => (minor / 100).toFixed(2);
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
