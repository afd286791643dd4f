import { loadConfig, mysqlEnvironment } from '@shopstack/kit/config';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { prepareSchema } from '@shopstack/sql/migration';
import { migrations, type Schema } from './store/schema.ts';

/** `node src/migrate.ts`: brings the schema up to date and ends. */
const config = loadConfig(mysqlEnvironment, process.env);
const log = createLogger({ service: 'shipping' });
const database = openDatabase<Schema>({ url: config.MYSQL_URL, log });
await prepareSchema({ database, migrations, migrateOnStart: true, log });
await database.close();
