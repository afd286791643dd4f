import mongoose from 'mongoose';

/** Acknowledged writes survive a kill: journalled and, on a replica set, on a majority. */
const durable = { w: 'majority', journal: true } as const;

/** Connects, giving a starting server ten seconds. @throws when there is none: one clear line. */
export async function openDatabase(url: string) {
  const connection = mongoose.createConnection(url, {
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: 20_000,
    connectTimeoutMS: 5000,
    maxPoolSize: 20,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    sanitizeFilter: true,
    writeConcern: durable,
  });
  connection.on('error', () => undefined);
  try {
    await connection.asPromise();
  } catch (cause) {
    throw new Error(`MongoDB does not answer at ${new URL(url).host}`, { cause });
  }
  return {
    connection,
    ping: async () => {
      await connection.db?.command({ ping: 1 }, { timeoutMS: 1500 });
    },
    close: () => connection.close(),
  };
}
