import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  caller,
  keys,
  newFolder,
  optionsFor,
  type Received,
  startReceiver,
  startWith,
  until,
} from './running-simulators.ts';

const closing: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const it of closing.splice(0).reverse()) await it.close();
});

async function start(paceMs: number, status?: (it: Received) => number) {
  const receiver = await startReceiver(0, status);
  const shop = await startWith(optionsFor(newFolder(), receiver.url, paceMs));
  closing.push(receiver, shop);
  const book = (reference: string) =>
    shop.carrier('POST', '/shipments', {
      body: { reference, method: 'standard', destination: { city: 'Kiel', country: 'DE' }, weightGrams: 800 },
    });
  const reports = (reference: string) =>
    receiver.received
      .filter(({ path }) => path === `/shipments/${reference}/tracking-events`)
      .map((it) => ({ ...it, event: JSON.parse(it.body) }));
  return { ...shop, book, reports };
}

describe('a parcel', () => {
  it('is booked once per reference', async () => {
    const { book, carrier } = await start(60_000);
    const reference = randomUUID();
    const first = await book(reference);
    const second = await book(reference);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body.trackingCode).toMatch(/^SIM\d{12}$/);
    expect(second.body.trackingCode).toBe(first.body.trackingCode);
    expect((await carrier('GET', `/shipments/${reference}`)).body).toEqual(first.body);
  });

  it('travels and is reported in order, with the token', async () => {
    const { book, reports, carrier } = await start(30);
    const reference = randomUUID();
    await book(reference);
    const seen = await until(() => (reports(reference).length === 3 ? reports(reference) : undefined));
    expect(seen.map(({ event }) => [event.state, event.place])).toEqual([
      ['dispatched', 'Warehouse'],
      ['in-transit', 'Sorting centre'],
      ['delivered', 'Kiel'],
    ]);
    expect(new Set(seen.map(({ event }) => event.eventId)).size).toBe(3);
    expect(seen.every(({ headers }) => headers.authorization === `Bearer ${keys.token}`)).toBe(true);
    expect(Object.keys(seen[0]?.event).sort()).toEqual(['at', 'detail', 'eventId', 'place', 'state']);
    expect((await carrier('DELETE', `/shipments/${reference}`)).status).toBe(409);
  });

  it('is reported again until it is taken, later events wait', async () => {
    let failures = 2;
    const { book, reports } = await start(10, () => (failures-- > 0 ? 503 : 200));
    const reference = randomUUID();
    await book(reference);
    const seen = await until(() => (reports(reference).length === 5 ? reports(reference) : undefined));
    expect(seen.map(({ event }) => event.state)).toEqual([
      'dispatched',
      'dispatched',
      'dispatched',
      'in-transit',
      'delivered',
    ]);
    expect(new Set(seen.slice(0, 3).map(({ event }) => event.eventId)).size).toBe(1);
  });

  it('an event that is refused for good does not hold up the next', async () => {
    const { book, reports } = await start(10, ({ body }) => (body.includes('"dispatched"') ? 409 : 200));
    const reference = randomUUID();
    await book(reference);
    const seen = await until(() => (reports(reference).length === 3 ? reports(reference) : undefined));
    expect(seen.map(({ event }) => event.state)).toEqual(['dispatched', 'in-transit', 'delivered']);
  });

  it('is cancelled before it leaves, as often as one likes, and cannot be booked again', async () => {
    const { book, carrier, reports } = await start(200);
    const reference = randomUUID();
    await book(reference);
    for (const status of [204, 204])
      expect((await carrier('DELETE', `/shipments/${reference}`)).status).toBe(status);
    expect((await book(reference)).status).toBe(409);
    await new Promise((done) => setTimeout(done, 400));
    expect(reports(reference)).toEqual([]);
    expect((await carrier('DELETE', `/shipments/${randomUUID()}`)).status).toBe(404);
  });

  it('waits while the carrier is paused, and can get lost', async () => {
    const { book, reports, control } = await start(20);
    await control('PUT', '/carrier/behaviour', { body: { paused: true, paceMs: 20, end: 'lost' } });
    const reference = randomUUID();
    await book(reference);
    await new Promise((done) => setTimeout(done, 300));
    expect(reports(reference)).toEqual([]);
    await control('PUT', '/carrier/behaviour', { body: { paceMs: 20, end: 'lost' } });
    const seen = await until(() => (reports(reference).length === 3 ? reports(reference) : undefined));
    expect(seen.at(-1)?.event.state).toBe('lost');
  });

  it('is not shown to strangers', async () => {
    const { ports } = await start(60_000);
    expect((await caller(ports.carrier, keys.card)('GET', '/shipments/x')).status).toBe(401);
  });
});
