import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { openBus } from '../../src/connection.ts';
import { startMysqlRelay } from '../../src/mysql.ts';

/** Relays until the given number of messages is confirmed, then dies before it can mark them. */
const [databaseUrl = '', brokerUrl = '', limit = '1'] = process.argv.slice(2);
const log = createLogger({ service: 'killed', level: 'silent' });
const bus = await openBus({ url: brokerUrl, service: 'catalogue', log });
let confirmed = 0;
startMysqlRelay({
  database: openDatabase({ url: databaseUrl, log }),
  log,
  bus: {
    ...bus,
    publish: async (message) => {
      await bus.publish(message);
      if (++confirmed === Number(limit)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
