import { measureMongoPool } from '@shopstack/kit/pool-metrics';
import mongoose, { type Connection } from 'mongoose';

/** Acknowledged writes survive a kill: journalled and, on a replica set, on a majority. */
const durable = { w: 'majority', journal: true } as const;

const START_MS = 10_000;
/** A server that hangs is found out by the monitor's heartbeat: within 2.5 s, then selection gives up after 2 s. */
const settings = {
  heartbeatFrequencyMS: 1000,
  serverSelectionTimeoutMS: 2000,
  connectTimeoutMS: 1500,
  socketTimeoutMS: 20_000,
  maxPoolSize: 20,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  sanitizeFilter: true,
  writeConcern: durable,
};

/** Connects, giving a starting server ten seconds. @throws when there is none: one clear line. */
export async function openDatabase(url: string) {
  const connection = await connect(url, Date.now() + START_MS);
  measureMongoPool(connection.getClient(), settings.maxPoolSize);
  return {
    connection,
    ping: async () => {
      await connection.db?.command({ ping: 1 }, { timeoutMS: 1500 });
    },
    close: () => connection.close(),
  };
}

async function connect(url: string, deadline: number): Promise<Connection> {
  const connection = mongoose.createConnection(url, settings);
  connection.on('error', () => undefined);
  try {
    return await connection.asPromise();
  } catch (cause) {
    await connection.close();
    if (Date.now() > deadline) throw new Error(`MongoDB does not answer at ${new URL(url).host}`, { cause });
    return connect(url, deadline);
  }
}
