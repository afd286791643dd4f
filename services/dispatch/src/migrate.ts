import { loadConfig, mysqlEnvironment } from '@shopstack/kit/config';
import { createLogger } from '@shopstack/kit/log';
import { openSchema } from './store/store.ts';

const { MYSQL_URL } = loadConfig(mysqlEnvironment, process.env);
const log = createLogger({ service: 'dispatch' });
const database = await openSchema({ url: MYSQL_URL, migrateOnStart: true, log });
await database.close();
