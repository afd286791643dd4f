import { createLogger } from '@shopstack/kit/log';
import mongoose from 'mongoose';
import { openBus } from '../../src/connection.ts';
import { startMongoRelay } from '../../src/mongo.ts';

/** Relays until the given number of messages is confirmed, then dies before it can pull them out. */
const [mongoUrl = '', brokerUrl = '', name = '', limit = '1'] = process.argv.slice(2);
const log = createLogger({ service: 'killed', level: 'silent' });
const bus = await openBus({ url: brokerUrl, service: 'catalogue', log });
const connection = await mongoose.createConnection(mongoUrl).asPromise();
let confirmed = 0;
startMongoRelay({
  collections: [{ collection: connection.collection(name), field: 'outgoing' }],
  log,
  bus: {
    ...bus,
    publish: async (message) => {
      await bus.publish(message);
      if (++confirmed === Number(limit)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
