export type { User } from './authentication.ts';
export { type MongoEmbedded, type MongoEmbeddedOptions, startMongoEmbedded } from './server.ts';
