export type { User } from './commands/authentication.ts';
export { type MongoEmbedded, type MongoEmbeddedOptions, startMongoEmbedded } from './server.ts';
