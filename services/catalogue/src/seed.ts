import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig, mongoEnvironment } from '@shopstack/kit/config';
import { createLogger } from '@shopstack/kit/log';
import { openCatalogue } from './store/catalogue.ts';
import { openDatabase } from './store/database.ts';
import { createImporter } from './store/importer.ts';
import { picturesInFolder } from './store/pictures.ts';

const sample = join(import.meta.dirname, '../../../mongo/catalogue/products.csv');

/** `node src/seed.ts [products.csv]`: imports a product CSV with the pictures beside it; a repeated run changes nothing. */
const { positionals } = parseArgs({ allowPositionals: true });
const file = positionals[0] ?? sample;
const config = loadConfig(mongoEnvironment, process.env);
const database = await openDatabase(config.MONGO_URL);
const catalogue = await openCatalogue(
  database.connection,
  createLogger({ service: 'catalogue', level: 'warn' }),
);
const importCsv = createImporter(catalogue, picturesInFolder(dirname(file), catalogue.images));
let shown = -1;
const report = await importCsv(await readFile(file), ({ done, of }) => {
  const percent = Math.floor((10 * done) / of) * 10;
  if (percent > shown) console.log(`importing products ${done}/${of}`);
  shown = percent;
});
const { created, updated, unchanged, failed } = report.products;
console.log(`products: ${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`);
for (const { line, column, detail } of [...report.errors, ...report.warnings]) {
  console.log(`line ${line}, ${column}: ${detail}`);
}
await catalogue.close();
await database.close();
process.exit(failed > 0 ? 1 : 0);
