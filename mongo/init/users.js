// @ts-nocheck: mongosh brings `db`.
// On the first start: each service its own database and user, and a reader for the audit.
const owners = { user: 'users', catalogue: 'catalogue' };
for (const [name, database] of Object.entries(owners)) {
  db.getSiblingDB(database).createUser({
    user: name,
    pwd: process.env[`${name.toUpperCase()}_MONGO_PASSWORD`],
    roles: [{ role: 'readWrite', db: database }],
  });
}
db.getSiblingDB('admin').createUser({
  user: 'audit',
  pwd: process.env.AUDIT_MONGO_PASSWORD,
  roles: [{ role: 'readAnyDatabase', db: 'admin' }],
});
