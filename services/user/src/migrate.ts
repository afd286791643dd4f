import { readMigrationConfig } from './config.ts';
import { openAccounts } from './store/accounts.ts';
import { openDatabase } from './store/database.ts';

/** `node src/migrate.ts`: brings the users database to what this version needs; safe to repeat. */
const config = readMigrationConfig(process.env);
const database = await openDatabase(config.MONGO_URL);
await openAccounts(database.connection, { idleMs: 0, longestMs: 0 }).migrate();
await database.close();
console.log('users database: ready');
