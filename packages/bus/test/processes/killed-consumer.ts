import { stockCommit } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { openBus } from '../../src/connection.ts';
import { on } from '../../src/handler.ts';
import { applyOnce, type EffectsSchema } from '../effects.ts';

/** Commits the effect of the first message, then dies before it can acknowledge. */
const [databaseUrl = '', brokerUrl = ''] = process.argv.slice(2);
const log = createLogger({ service: 'killed', level: 'silent' });
const database = openDatabase<EffectsSchema>({ url: databaseUrl, log });
const bus = await openBus({ url: brokerUrl, service: 'catalogue', log });
const handler = on(stockCommit, async (data, message) => {
  await applyOnce(database, message.id, data.orderId);
  process.kill(process.pid, 'SIGKILL');
});
bus.consume({ queue: 'catalogue.commands', handlers: [handler] });
