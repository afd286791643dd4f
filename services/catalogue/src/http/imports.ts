import { exportProducts, importProducts } from '@shopstack/contracts/merchandise';
import { type Api, ok, responded } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import { csvHeader, csvRows } from '../domain/csv-export.ts';
import { imageUrl, type ShopFront } from '../domain/product.ts';
import type { Categories } from '../store/categories.ts';
import type { createImporter } from '../store/importer.ts';
import type { Products } from '../store/products.ts';
import type { Search } from '../store/search.ts';
import type { Stock } from '../store/stock.ts';

interface Deps {
  importCsv: ReturnType<typeof createImporter>;
  products: Pick<Products, 'after'>;
  stock: Pick<Stock, 'availability'>;
  categories: Pick<Categories, 'label'>;
  search: Pick<Search, 'refresh'>;
  front: ShopFront;
  publicUrl: string;
}
const BATCH = 200;

export function imports(api: Api, deps: Deps): void {
  api.on(importProducts, async ({ req }) => {
    const file: unknown = req.body;
    if (!Buffer.isBuffer(file) || file.length === 0) throw problem('csv-unreadable', 'The body is empty.');
    const report = await deps.importCsv(file);
    await deps.search.refresh();
    return ok(report);
  });

  api.on(exportProducts, async ({ res }) => {
    res.type('text/csv').setHeader('content-disposition', 'attachment; filename="products.csv"');
    res.write(csvHeader());
    let last = '';
    for (;;) {
      const batch = await deps.products.after(last, BATCH);
      const available = await deps.stock.availability(
        batch.flatMap((it) => it.variants.map(({ sku }) => sku)),
      );
      for (const product of batch) {
        const category = deps.categories.label(product.categories[0] ?? '');
        res.write(
          csvRows(product, {
            available,
            category,
            imageUrl: (name) => deps.publicUrl + imageUrl(deps.front, name),
          }),
        );
      }
      last = batch.at(-1)?._id ?? last;
      if (batch.length < BATCH) break;
    }
    res.end();
    return responded;
  });
}
