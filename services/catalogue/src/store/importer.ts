import type { ImportReport } from '@shopstack/contracts/merchandise';
import { isProblem, problem } from '@shopstack/kit/problem';
import { parse } from 'csv-parse/sync';
import {
  categorySlug,
  draftProduct,
  groupByHandle,
  type ProductDraft,
  type Row,
  requiredColumns,
} from '../domain/csv-import.ts';
import type { ImageRecord, ProductRecord } from '../domain/product.ts';
import type { Categories } from './categories.ts';
import type { ProductContent, Products } from './products.ts';
import type { Stock } from './stock.ts';

/** Finds a picture that a row names; answers its name in our store, or says why it cannot. */
export type PictureSource = (source: string) => Promise<{ name: string } | { fault: string }>;
interface Deps {
  products: Products;
  stock: Stock;
  categories: Pick<Categories, 'open'>;
}
export interface ImportProgress {
  done: number;
  of: number;
}

/**
 * Products from a CSV in Shopify's format. A product with a bad row is left out whole and reported; a repeated import
 * updates what differs; stock is set to what the file says.
 * @throws Problem `csv-unreadable` when the file is no product CSV at all.
 */
export function createImporter(deps: Deps, pictures: PictureSource) {
  return async function importCsv(
    file: Buffer,
    onProgress: (progress: ImportProgress) => void = () => undefined,
  ): Promise<ImportReport> {
    const rows = readRows(file);
    const report: ImportReport = {
      products: { created: 0, updated: 0, unchanged: 0, failed: 0 },
      rows: rows.length,
      errors: [],
      warnings: [],
    };
    const groups = [...groupByHandle(rows)];
    for (const [at, [handle, some]] of groups.entries()) {
      onProgress({ done: at, of: groups.length });
      const drafted = draftProduct(handle, some);
      if (!drafted.ok) {
        report.errors.push(...drafted.faults);
        report.products.failed++;
        continue;
      }
      await applyOne(drafted.draft, report);
    }
    onProgress({ done: groups.length, of: groups.length });
    return report;
  };

  async function applyOne(draft: ProductDraft, report: ImportReport): Promise<void> {
    try {
      const images = await picturesOf(draft, report);
      report.products[await apply(draft, images)]++;
    } catch (error) {
      if (!isProblem(error)) throw error;
      report.products.failed++;
      report.errors.push({ line: draft.line, column: 'Variant SKU', product: draft.id, detail: error.title });
    }
  }

  async function picturesOf(draft: ProductDraft, report: ImportReport): Promise<ImageRecord[]> {
    const images: ImageRecord[] = [];
    const answers = await Promise.all(
      draft.images.map(async (image) => ({ ...image, found: await pictures(image.source) })),
    );
    for (const { found, alt, line } of answers) {
      if ('name' in found) images.push({ name: found.name, alt: alt || draft.name });
      else report.warnings.push({ line, column: 'Image Src', product: draft.id, detail: found.fault });
    }
    return images;
  }

  async function apply(
    draft: ProductDraft,
    images: ImageRecord[],
  ): Promise<'created' | 'updated' | 'unchanged'> {
    const slug = categorySlug(draft.category);
    await deps.categories.open(slug, draft.category);
    const content: ProductContent = {
      name: draft.name,
      description: draft.description,
      brand: draft.brand,
      categories: [slug],
      taxClass: draft.taxClass,
      attributes: draft.attributes,
      variants: draft.variants,
    };
    const known = await deps.products.byId(draft.id);
    const outcome = known
      ? await update(known, { ...content, discontinued: draft.discontinued }, images)
      : 'created';
    if (!known) {
      const product = await deps.products.create(draft.id, { ...content, images }, []);
      if (draft.discontinued)
        await deps.products.change(draft.id, product.version, { discontinued: true, outgoing: [] });
    }
    const counted = await setStock(draft);
    return outcome === 'unchanged' && counted ? 'updated' : outcome;
  }

  async function update(
    known: ProductRecord,
    content: ProductContent & { discontinued: boolean },
    images: ImageRecord[],
  ) {
    const wanted = { ...content, images: images.length > 0 ? images : known.images };
    const present = Object.fromEntries(
      Object.keys(wanted).map((key) => [key, known[key as keyof ProductRecord]]),
    );
    if (JSON.stringify(sorted(present)) === JSON.stringify(sorted(wanted))) return 'unchanged';
    await deps.products.change(known._id, known.version, { ...wanted, outgoing: [] });
    return 'updated';
  }

  /** True when a count changed. Each import is an adjustment of its own, by the difference to what can be sold now. */
  async function setStock(draft: ProductDraft): Promise<boolean> {
    const changes = await Promise.all(
      draft.variants.map(({ sku }) => count(sku, draft.id, draft.units.get(sku))),
    );
    return changes.includes(true);
  }

  async function count(sku: string, productId: string, wanted: number | undefined): Promise<boolean> {
    await deps.stock.open(sku, productId);
    const present = (await deps.stock.bySku(sku))?.available ?? 0;
    if (wanted === undefined || wanted === present) return false;
    await deps.stock.adjust({
      sku,
      delta: wanted - present,
      reason: 'counted by an import',
      key: `import ${sku} ${present}→${wanted} ${Date.now()}`,
      kind: 'import',
    });
    return true;
  }
}

function readRows(file: Buffer): Row[] {
  let parsed: { record: Record<string, string>; info: { lines: number } }[];
  try {
    parsed = parse(file, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    });
  } catch (cause) {
    throw problem('csv-unreadable', cause instanceof Error ? cause.message : undefined, { cause });
  }
  const first = parsed[0];
  const missing = requiredColumns.filter((column) => !first || !(column in first.record));
  if (missing.length > 0)
    throw problem('csv-unreadable', `These columns are missing: ${missing.join(', ')}.`);
  return parsed.map(({ record, info }) => ({ cells: record, line: lineOf(record, info.lines) }));
}

/** csv-parse tells the line a record ends on; a person looks where it begins. */
const lineOf = (record: Record<string, string>, endLine: number): number =>
  endLine - Object.values(record).reduce((sum, value) => sum + (value?.split('\n').length ?? 1) - 1, 0);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, it]) => it !== undefined)
      .sort()
      .map(([key, it]) => [key, sorted(it)]),
  );
}
