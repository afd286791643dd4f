import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBus } from '@shopstack/bus/connection';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { Payment } from '@shopstack/contracts/payment';
import { createHealth } from '@shopstack/kit/health';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openDatabase } from '@shopstack/sql/database';
import { openIdempotencyStore } from '@shopstack/sql/idempotency';
import { migrate } from '@shopstack/sql/migration';
import { eventually } from '@shopstack/testkit/eventually';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { openProviders } from '../src/clients/open-providers.ts';
import { consume } from '../src/events/commands.ts';
import { startReconciler } from '../src/events/reconciler.ts';
import { migrations, type Schema } from '../src/store/schema.ts';
import { layCable } from './cable.ts';
import { type Order, openOrders } from './orders.ts';
import { CARD_KEY, mpesa, startProvider, WEBHOOK_SECRET } from './provider.ts';

/** How long customers of the tests have to confirm on the phone. */
const CONFIRM_SECONDS = 3;
export const CALLBACK_SECRET = 'a callback secret for the tests';

/** A door that is open before the app behind it is there: the provider has to know where to call. */
async function openDoor() {
  let behind: RequestListener = (_req, res) => void res.writeHead(503).end();
  const server = createServer((req, res) => behind(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (to: RequestListener) => {
      behind = to;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The real app, consumer and reconciler over a schema and a virtual host of their own and the real simulators. */
export async function openFixture() {
  const [mysql, amqp, door] = await Promise.all([openTestMysql(), openTestAmqp(), openDoor()]);
  const simulator = await startProvider(`${door.url}/webhooks/simulator`);
  const cable = await layCable(mysql.url);
  const issuer = createTestIssuer();
  const lines: string[] = [];
  const log = createLogger(
    { service: 'payment', level: 'trace' },
    { write: (line) => void lines.push(line) },
  );
  const database = openDatabase<Schema>({ url: cable.url, log });
  await migrate({ database, migrations, log });
  const providers = openProviders({
    SHOP_ENV: 'test',
    cards: {
      SIMULATOR_CARD_URL: simulator.url,
      SIMULATOR_CARD_KEY: CARD_KEY,
      SIMULATOR_CARD_WEBHOOK_SECRET: WEBHOOK_SECRET,
      DISPUTES_LOOK_SECONDS: 300,
    },
    mpesa: {
      MPESA_URL: simulator.mpesa.url,
      MPESA_CONSUMER_KEY: mpesa.consumerKey,
      MPESA_CONSUMER_SECRET: mpesa.consumerSecret,
      MPESA_SHORT_CODE: mpesa.shortCode,
      MPESA_PASSKEY: mpesa.passkey,
      MPESA_INITIATOR: 'shop',
      MPESA_SECURITY_CREDENTIAL: 'a credential for the tests',
      MPESA_CALLBACK_URL: `${door.url}/webhooks/mpesa`,
      MPESA_CALLBACK_SECRET: CALLBACK_SECRET,
      MPESA_CURRENCY: mpesa.currency,
      MPESA_CONFIRM_SECONDS: CONFIRM_SECONDS,
      MPESA_REVERSE_AGAIN_SECONDS: 3,
    },
  });
  const bus = await openBus({ url: amqp.url, service: 'payment', log });
  const relay = startMysqlRelay({ database, bus, log, pollMs: 100 });
  const reconciler = startReconciler({ database, providers, wake: relay.wake, log });
  const health = createHealth([{ name: 'mysql', own: true, check: database.ping }], () => false);
  consume(bus, { database, attempt: reconciler.wake, wake: relay.wake, ready: health.ready });
  const idempotency = openIdempotencyStore(database);
  const app = createApp({
    platform: { ...testPlatform('payment', issuer.authorisation), log, health, idempotency },
    database,
    providers,
    cards: providers.cards,
    tokens: providers.tokens,
    attempt: reconciler.wake,
  });
  door.lead(app);
  const saga = await openBus({
    url: amqp.url,
    service: 'dispatch',
    log: testPlatform('test', issuer.authorisation).log,
  });
  const api = supertest(door.url);
  const { cards } = providers;
  if (!cards) throw new Error('there is no card provider');
  const support = bearer(issuer.token({ roles: ['support'] }));

  return {
    api,
    url: door.url,
    cable,
    simulator,
    database,
    lines,
    issuer,
    support,
    /** What `watchDisputes` needs. */
    watching: { database, cards, attempt: reconciler.wake, log },
    ...openOrders(saga),
    as: (order: Order) => bearer(issuer.token({ id: order.userId })),
    key: () => ({ 'idempotency-key': uuidv7() }),
    async payment(order: Order): Promise<Payment> {
      return Payment.parse((await api.get(`/payments/${order.paymentId}`).set(support).expect(200)).body);
    },
    /** Waits until every outcome is known and every reply is sent. */
    quiet: (withinMs = 60_000) =>
      eventually(
        async () => {
          const open = await database.db
            .selectFrom('attempts')
            .select('id')
            .where('next_check_at', 'is not', null)
            .where('state', '!=', 'failed')
            .execute();
          const db = database.db.withTables<{ outbox: { id: number; published_at: Date | null } }>();
          const unsent = await db
            .selectFrom('outbox')
            .select('id')
            .where('published_at', 'is', null)
            .execute();
          return open.length === 0 && unsent.length === 0;
        },
        withinMs,
        50,
      ),
    async close() {
      cable.mend();
      await Promise.all([bus.close(), saga.close()]);
      await reconciler.close();
      await relay.close();
      idempotency.close();
      await simulator.close();
      await Promise.all([providers.close(), door.close(), database.close()]);
      await cable.close();
      await Promise.all([mysql.close(), amqp.close()]);
    },
  };
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;
