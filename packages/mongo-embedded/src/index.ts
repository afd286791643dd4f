export { type MongoEmbedded, type MongoEmbeddedOptions, startMongoEmbedded } from './server.ts';
