import type { VariantRecord } from './product.ts';

/** A row by column name, with its line in the file as a spreadsheet counts. */
export interface Row {
  line: number;
  cells: Readonly<Record<string, string>>;
}
export interface RowFault {
  line: number;
  column: string;
  product: string;
  detail: string;
}
/** One product as the rows of its Handle describe it. `units` is the stock of each SKU, where the file tells. */
export interface ProductDraft {
  id: string;
  line: number;
  name: string;
  description: string;
  brand: string;
  category: string;
  taxClass: 'standard' | 'reduced' | 'zero';
  attributes: Record<string, string>;
  variants: VariantRecord[];
  units: Map<string, number>;
  images: { source: string; alt: string; line: number }[];
  discontinued: boolean;
}
export type Drafted = { ok: true; draft: ProductDraft } | { ok: false; faults: RowFault[] };

export const requiredColumns = ['Handle', 'Title', 'Variant Price'] as const;
const optionNames = ['Option1', 'Option2', 'Option3'] as const;
const HANDLE = /^[a-z0-9][a-z0-9-]{0,99}$/;
const SKU = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Rows of one product, in the order of the file; those without a Handle belong to nobody. */
export function groupByHandle(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const handle = cell(row, 'Handle');
    groups.set(handle, [...(groups.get(handle) ?? []), row]);
  }
  return groups;
}

/** A product from the rows of its Handle, or everything that is wrong with them. */
export function draftProduct(handle: string, rows: readonly Row[]): Drafted {
  const first = rows.find((row) => cell(row, 'Title') !== '') ?? rows[0];
  if (!first) throw new Error(`no rows for ${handle}`);
  const faults: RowFault[] = [];
  const fault = (row: Row, column: string, detail: string) =>
    faults.push({ line: row.line, column, product: handle, detail });

  if (!HANDLE.test(handle)) fault(first, 'Handle', 'use lower-case letters, digits and dashes');
  const name = cell(first, 'Title');
  if (name === '') fault(first, 'Title', 'is empty');
  if (name.length > 200) fault(first, 'Title', 'is longer than 200 characters');

  const names = optionNames.map((option) => cell(first, `${option} Name`));
  const sold = rows.filter((row) => cell(row, 'Variant Price') !== '' || cell(row, 'Option1 Value') !== '');
  if (sold.length === 0) fault(first, 'Variant Price', 'is empty: a product needs a price');
  const units = new Map<string, number>();
  const variants = sold.map((row) => draftVariant(handle, row, { names, fault, units }));
  const skus = new Set<string>();
  for (const [at, { sku }] of variants.entries()) {
    const row = sold[at];
    if (row && skus.has(sku)) fault(row, 'Variant SKU', `${sku} appears twice in this product`);
    skus.add(sku);
  }
  if (variants.length > 100) fault(first, 'Handle', 'has more than 100 variants');
  if (faults.length > 0) return { ok: false, faults };
  const status = cell(first, 'Status').toLowerCase();
  return {
    ok: true,
    draft: {
      id: handle,
      line: first.line,
      name,
      description: cell(first, 'Body (HTML)'),
      brand: cell(first, 'Vendor') || 'Unbranded',
      category: cell(first, 'Type') || cell(first, 'Product Category').split('>').at(-1)?.trim() || 'Other',
      taxClass: taxClass(first),
      attributes: attributesOf(cell(first, 'Tags')),
      variants,
      units,
      images: imagesOf(rows),
      discontinued:
        status === 'archived' || status === 'draft' || cell(first, 'Published').toLowerCase() === 'false',
    },
  };
}

type Fault = (row: Row, column: string, detail: string) => void;
interface VariantContext {
  names: readonly string[];
  fault: Fault;
  units: Map<string, number>;
}
function draftVariant(handle: string, row: Row, { names, fault, units }: VariantContext): VariantRecord {
  const options = optionsOf(row, names);
  const given = cell(row, 'Variant SKU').replace(/^'/, '');
  const sku = given === '' ? derivedSku(handle, options) : given;
  if (!SKU.test(sku)) fault(row, 'Variant SKU', 'use letters, digits, dot, dash and underscore, at most 64');
  const priceMinor = price(row, 'Variant Price', fault) ?? 0;
  const compareAtMinor =
    cell(row, 'Variant Compare At Price') && price(row, 'Variant Compare At Price', fault);
  const held = count(row, 'Variant Inventory Qty', fault);
  if (held !== undefined) units.set(sku, Math.max(0, held));
  return {
    sku,
    options,
    priceMinor,
    weightGrams: Math.max(0, count(row, 'Variant Grams', fault) ?? 0),
    ...(compareAtMinor && compareAtMinor > priceMinor ? { compareAtMinor } : {}),
  };
}

function optionsOf(row: Row, names: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (const [at, option] of optionNames.entries()) {
    const value = cell(row, `${option} Value`);
    const name = names[at] ?? '';
    const placeholder = name === 'Title' && value === 'Default Title';
    if (value !== '' && name !== '' && !placeholder) options[name] = value;
  }
  return options;
}
function price(row: Row, column: string, fault: Fault): number | undefined {
  const value = minor(cell(row, column));
  if (value === undefined) fault(row, column, 'is not a price like 24.90');
  return value;
}
function count(row: Row, column: string, fault: Fault): number | undefined {
  const text = cell(row, column);
  const value = text === '' ? undefined : whole(text);
  if (text !== '' && value === undefined) fault(row, column, 'is not a whole number');
  return value;
}

const cell = (row: Row, column: string): string => (row.cells[column] ?? '').trim();
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
export const categorySlug = (name: string): string => slug(name).slice(0, 60) || 'other';
/** Rows without a SKU get `<handle>-<options>`. */
const derivedSku = (handle: string, options: Record<string, string>): string =>
  [handle, ...Object.values(options).map(slug)].join('-').slice(0, 64).replace(/-+$/, '');

function minor(text: string): number | undefined {
  const match = text.replace(',', '.').match(/^(\d{1,9})(?:\.(\d{1,2}))?$/);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}
const whole = (text: string): number | undefined =>
  /^-?\d{1,9}(\.0+)?$/.test(text) ? Math.trunc(Number(text)) : undefined;

function taxClass(row: Row): ProductDraft['taxClass'] {
  if (cell(row, 'Variant Taxable').toLowerCase() === 'false') return 'zero';
  return cell(row, 'Variant Tax Code').toLowerCase() === 'reduced' ? 'reduced' : 'standard';
}

/** Tags of the form `name:value` are attributes; the rest are listed under "Tags". */
function attributesOf(tags: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const plain: string[] = [];
  for (const tag of tags
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')) {
    const [, name, value] = tag.match(/^([\p{L}][\p{L}\p{N} _-]{0,40}):\s*(.{1,280})$/u) ?? [];
    if (name && value) attributes[name] = attributes[name] ? `${attributes[name]}, ${value}` : value;
    else plain.push(tag);
  }
  return plain.length > 0 ? { ...attributes, Tags: plain.join(', ').slice(0, 300) } : attributes;
}

function imagesOf(rows: readonly Row[]): ProductDraft['images'] {
  const seen = new Set<string>();
  return rows
    .map((row) => ({
      source: cell(row, 'Image Src'),
      alt: cell(row, 'Image Alt Text').slice(0, 300),
      line: row.line,
      position: Number(cell(row, 'Image Position')) || Number.MAX_SAFE_INTEGER,
    }))
    .filter(({ source }) => source !== '' && !seen.has(source) && seen.add(source))
    .sort((a, b) => a.position - b.position)
    .slice(0, 12)
    .map(({ source, alt, line }) => ({ source, alt, line }));
}
