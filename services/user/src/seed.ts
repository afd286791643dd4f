import { isProblem } from '@shopstack/kit/problem';
import { readSeedConfig } from './config.ts';
import { createPasswords } from './crypto/passwords.ts';
import { openAccounts } from './store/accounts.ts';
import { openDatabase } from './store/database.ts';

/** `node src/seed.ts`: opens the accounts of SAMPLE_ACCOUNTS that do not exist; those that do stay as they are. */
const config = readSeedConfig(process.env);
const wanted = config.SAMPLE_ACCOUNTS;
const database = await openDatabase(config.MONGO_URL);
const accounts = openAccounts(database.connection, { idleMs: 0, longestMs: 0 });
await (config.MIGRATE_ON_START ? accounts.migrate() : accounts.checkSchema());
const passwords = await createPasswords({ concurrency: config.PASSWORD_HASH_CONCURRENCY });

let created = 0;
for (const { password, ...account } of wanted) {
  if (await accounts.users.byEmail(account.email)) continue;
  const passwordHash = await passwords.hash(password);
  try {
    await accounts.users.create({ ...account, passwordHash, emailVerified: true });
    created++;
  } catch (error) {
    if (!isProblem(error, 'email-taken')) throw error;
  }
}
console.log(`accounts: ${created} opened, ${wanted.length - created} were there`);
await database.close();
