import { openBus } from '@shopstack/bus/connection';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { consumeDeadLetters } from '../../src/events/dead-letters.ts';
import { openDeadLetters } from '../../src/store/dead-letters.ts';
import type { Schema } from '../../src/store/schema.ts';

/** Commits the first dead letter's row, then dies before it can acknowledge. */
const [databaseUrl = '', brokerUrl = ''] = process.argv.slice(2);
const log = createLogger({ service: 'killed', level: 'silent' });
const store = openDeadLetters(openDatabase<Schema>({ url: databaseUrl, log }));
const bus = await openBus({ url: brokerUrl, service: 'dispatch', log });
consumeDeadLetters(bus, {
  log,
  ready: async () => true,
  deadLetters: {
    keep: async (letter) => {
      await store.keep(letter);
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    },
  },
});
