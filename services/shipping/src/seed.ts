import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig, mysqlEnvironment } from '@shopstack/kit/config';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { prepareSchema } from '@shopstack/sql/migration';
import { parse } from 'csv-parse/sync';
import { nameKey, openGeography } from './store/geography.ts';
import { migrations, type Schema } from './store/schema.ts';

/** Loads countries, places and rates; a repeated run changes nothing. */
const folder = process.argv[2] ?? join(import.meta.dirname, '../../../mysql/data');
const config = loadConfig(mysqlEnvironment, process.env);
const log = createLogger({ service: 'shipping', level: 'warn' });
const database = openDatabase<Schema>({ url: config.MYSQL_URL, log });
await prepareSchema({ database, migrations, migrateOnStart: config.MIGRATE_ON_START, log });
const geography = openGeography(database);
const read = async (name: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder, `${name}.csv`)), { columns: true });

const countries = (await read('countries')).map(({ lat = '', lon = '', ...it }) => ({
  ...it,
  latitude: lat,
  longitude: lon,
}));
await geography.load('countries', countries);
const places = (await read('places')).map(({ lat = '', lon = '', name = '', ...it }) => ({
  ...it,
  name,
  name_key: nameKey(name),
  latitude: lat,
  longitude: lon,
}));
await geography.load('places', places);
const rates = (await read('rates')).map((it) => ({ ...it, free_from_minor: it.free_from_minor || null }));
await geography.load('rates', rates);
console.log(`shipping: ${countries.length} countries, ${places.length} places, ${rates.length} rates`);
await database.close();
