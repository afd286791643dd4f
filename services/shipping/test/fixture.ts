import { createHash } from 'node:crypto';
import { openBus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { createTopology } from '@shopstack/bus/topology';
import * as messages from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openDatabase } from '@shopstack/sql/database';
import { migrate } from '@shopstack/sql/migration';
import { eventually } from '@shopstack/testkit/eventually';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { createCarrierClient } from '../src/clients/carrier.ts';
import { createCatalogueClient } from '../src/clients/catalogue.ts';
import { consume } from '../src/events/commands.ts';
import { nameKey, openGeography } from '../src/store/geography.ts';
import { openQuotes } from '../src/store/quotes.ts';
import { migrations, type Schema } from '../src/store/schema.ts';
import { startFakeCarrier, startFakeCatalogue } from './fake-services.ts';

const CARRIER_TOKEN = 'the-carrier-shows-this';
const answers = [
  messages.shipmentHeld,
  messages.shipmentHoldRejected,
  messages.shipmentConfirmed,
  messages.shipmentCancelled,
  messages.shipmentCancelRejected,
  messages.shipmentDispatched,
  messages.shipmentInTransit,
  messages.shipmentDelivered,
  messages.shipmentLost,
] as const;
export interface Answer {
  type: string;
  orderId: string;
  causationId: string | undefined;
  data: Record<string, unknown>;
}
interface Holding {
  userId?: string;
  followToken?: string;
  country?: string;
  quoteId?: string;
}
export const berlin = { country: 'DE', postcode: '10115', city: 'Berlin' };

/** The real app over a schema and a virtual host of its own, with a carrier and a catalogue over HTTP. */
export async function openFixture() {
  const [mysql, amqp] = await Promise.all([openTestMysql(), openTestAmqp()]);
  const issuer = createTestIssuer({ carrier: CARRIER_TOKEN });
  const platform = testPlatform('shipping', issuer.authorisation);
  const { log } = platform;
  const database = openDatabase<Schema>({ url: mysql.url, log });
  await migrate({ database, migrations, log });
  const geography = openGeography(database);
  await loadGeography(geography);
  const quotes = openQuotes(database);
  const carrier = await startFakeCarrier();
  const catalogue = await startFakeCatalogue({
    FEATHER: { weightGrams: 10, priceMinor: 900 },
    BRICK: { weightGrams: 2500, priceMinor: 300 },
    DIAMOND: { weightGrams: 5, priceMinor: 99_900 },
  });
  const clients = {
    carrier: createCarrierClient({ baseUrl: carrier.url, key: 'shipping-shows-this-key' }),
    catalogue: createCatalogueClient(catalogue.url),
  };
  const topology = createTopology({ delaysMs: [100, 300] });
  const bus = await openBus({ url: amqp.url, service: 'shipping', log, topology });
  const relay = startMysqlRelay({ database, bus, log, pollMs: 100 });
  const ready = () => database.ping().then(() => true);
  consume(bus, { database, geography, quotes, carrier: clients.carrier, log, wake: relay.wake, ready });
  const dispatch = await openBus({ url: amqp.url, service: 'dispatch', log, topology });
  const heard: Answer[] = [];
  dispatch.consume({
    queue: 'dispatch.replies',
    prefetch: 1,
    handlers: answers.map((definition) =>
      on<(typeof answers)[number]['data']>(definition, async (data, { type, causationId }) => {
        heard.push({ type, orderId: data.orderId, causationId, data: { ...data } });
      }),
    ),
  });
  const app = createApp({
    platform,
    database,
    geography,
    quotes,
    catalogue: clients.catalogue,
    warehouse: { latitude: 51.34, longitude: 12.37 },
    currency: 'EUR',
    wake: relay.wake,
  });
  const api = supertest(app);
  const auth = (id: string) => bearer(issuer.token({ id }));
  const carrierAuth = bearer(CARRIER_TOKEN);

  const fixture = {
    api,
    auth,
    carrier,
    catalogue,
    carrierAuth,
    database,
    heard,
    issuer,
    support: bearer(issuer.token({ roles: ['support'] })),
    holdMessage: (orderId: string, how: Holding = {}, round = 1) =>
      draft(messages.shipmentHold, { subject: orderId, data: holdOf(orderId, how, round) }),
    confirmMessage: (orderId: string, round = 1) =>
      draft(messages.shipmentConfirm, { subject: orderId, data: { orderId, round } }),
    cancelMessage: (orderId: string, round = 1) =>
      draft(messages.shipmentCancel, { subject: orderId, data: { orderId, round } }),
    send: (message: OutgoingMessage) => dispatch.publish(message),
    of: (orderId: string) => heard.filter((it) => it.orderId === orderId),
    types: (orderId: string) => fixture.of(orderId).map(({ type }) => type.replace(/^shipment\.|\.v1$/g, '')),
    /** Sends a command and waits for its answer. */
    async ask(message: OutgoingMessage): Promise<Answer> {
      await dispatch.publish(message);
      return eventually(() => heard.find((it) => it.causationId === message.id));
    },
    /** An order whose parcel is with the carrier. */
    async confirmed(how: Holding = {}): Promise<{ orderId: string; shipmentId: string }> {
      const orderId = uuidv7();
      await fixture.ask(fixture.holdMessage(orderId, how));
      const { data } = await fixture.ask(fixture.confirmMessage(orderId));
      return { orderId, shipmentId: String(data.shipmentId) };
    },
    track: (shipmentId: string, state: string, { eventId = uuidv7(), as = carrierAuth } = {}) =>
      api.post(`/shipments/${shipmentId}/tracking-events`).set(as).send({ eventId, state }),
    stateOf: async (orderId: string) =>
      (
        await database.db
          .selectFrom('shipments')
          .select('state')
          .where('order_id', '=', orderId)
          .executeTakeFirst()
      )?.state,
    async close() {
      await relay.close();
      await Promise.all([bus.close(), dispatch.close()]);
      await Promise.all([clients.carrier.close(), clients.catalogue.close()]);
      await Promise.all([carrier.close(), catalogue.close()]);
      await database.close();
      await Promise.all([mysql.close(), amqp.close()]);
    },
  };
  return fixture;
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;

function holdOf(orderId: string, how: Holding, round: number) {
  const destination = { ...berlin, country: how.country ?? 'DE' };
  return {
    orderId,
    round,
    quoteId: how.quoteId ?? uuidv7(),
    method: 'standard' as const,
    address: { name: 'Ada', line1: 'Street 1', ...destination },
    destination,
    lines: [{ sku: 'FEATHER', quantity: 1 }],
    ...(how.userId === undefined ? {} : { userId: how.userId }),
    ...(how.followToken === undefined
      ? {}
      : { followTokenHash: createHash('sha256').update(how.followToken).digest('hex') }),
  };
}

async function loadGeography(geography: ReturnType<typeof openGeography>): Promise<void> {
  const country = (code: string, name: string, zone: string, postcode_pattern: string) => ({
    ...{ code, name, currency: 'EUR', zone, postcode_pattern },
    ...{ latitude: 50, longitude: 10 },
  });
  await geography.load('countries', [
    country('DE', 'Germany', 'de', '^\\d{5}$'),
    country('FR', 'France', 'eu', '^\\d{5}$'),
    country('AQ', 'Antarctica', 'nowhere', ''),
  ]);
  const place = (name: string, population: number) => ({
    ...{ country: 'DE', name, name_key: nameKey(name), postcode: '', population },
    ...{ latitude: 52.52, longitude: 13.41 },
  });
  await geography.load('places', [
    place('Berlin', 3_400_000),
    place('Köln', 1_000_000),
    place('Köln-Land', 10_000),
    place('Bergen', 10_000),
    place('Bernau bei Berlin', 40_000),
    place('Gießen', 90_000),
  ]);
  const rate = (zone: string, method: string, base_minor: number, free_from_minor: number | null) => ({
    ...{ zone, method, base_minor, free_from_minor, per_kg_minor: 100 },
    ...{ min_days: 1, max_days: 3, max_weight_grams: method === 'express' ? 10_000 : 30_000 },
  });
  await geography.load('rates', [
    rate('de', 'standard', 400, 50_000),
    rate('de', 'express', 1200, null),
    rate('eu', 'standard', 900, null),
  ]);
}
