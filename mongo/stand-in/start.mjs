// The accounts that the official image would make on its first start.
const { env } = process;
/**
 * @param {string} user
 * @param {string | undefined} password
 * @param {string} db
 */
const account = (user, password, db, rest = {}) => (password ? [{ user, password, db, ...rest }] : []);
env.MONGO_BIND_ADDRESS = '0.0.0.0';
env.MONGO_DATA_FILE = '/data/db/data.sqlite';
env.MONGO_USERS = JSON.stringify([
  ...account(env.MONGO_INITDB_ROOT_USERNAME ?? 'root', env.MONGO_INITDB_ROOT_PASSWORD, 'admin'),
  ...account('user', env.USER_MONGO_PASSWORD, 'users'),
  ...account('catalogue', env.CATALOGUE_MONGO_PASSWORD, 'catalogue'),
  ...account('audit', env.AUDIT_MONGO_PASSWORD, 'admin', { readOnly: true }),
]);
await import(new URL('packages/mongo-embedded/src/main.ts', import.meta.url).href);
