import { loadConfig, mysqlEnvironment } from '@shopstack/kit/config';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { prepareSchema } from '@shopstack/sql/migration';
import { migrations, type Schema } from './store/schema.ts';

/** `node src/migrate.ts`: brings the schema to what this version needs; safe to repeat. */
const { MYSQL_URL } = loadConfig(mysqlEnvironment, process.env);
const log = createLogger({ service: 'ratings' });
const database = openDatabase<Schema>({ url: MYSQL_URL, log });
await prepareSchema({ database, migrations, migrateOnStart: true, log });
await database.close();
