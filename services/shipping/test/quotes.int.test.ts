import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { berlin, type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const ask = (lines: unknown, destination: unknown = berlin) =>
  shop.api.post('/quotes').send({ destination: Object(destination), lines });
const prices = (body: { items: { method: string; price: { amountMinor: number } }[] }) =>
  body.items.map((it) => [it.method, it.price.amountMinor]);
const refused = async (request: PromiseLike<{ status: number; body: { type?: string } }>) => {
  const { status, body } = await request;
  return [status, body.type?.replace('urn:shopstack:problem:', '')];
};
const feather = [{ sku: 'FEATHER', quantity: 1 }];

describe('a quote', () => {
  test('has a price by zone and started kilogram, days, distance, and is kept as it was given', async () => {
    const { body } = await ask([{ sku: 'BRICK', quantity: 2 }, ...feather]).expect(201);
    expect(prices(body)).toEqual([
      ['standard', 1000],
      ['express', 1800],
    ]);
    expect(body.items[0]).toMatchObject({ days: { min: 1, max: 3 }, weightGrams: 5010 });
    expect(body.items[0].distanceKm).toBeGreaterThan(140);
    expect(body.items[0].distanceKm).toBeLessThan(160);
    const minutes = (Date.parse(body.items[0].expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
    const kept = await shop.api.get(`/quotes/${body.items[0].quoteId}`).expect(200);
    expect(kept.body).toEqual({
      ...body.items[0],
      destination: berlin,
      lines: [{ sku: 'BRICK', quantity: 2 }, ...feather],
      expired: false,
    });
  });

  test('to another zone costs what that zone costs', async () => {
    const paris = { country: 'FR', postcode: '75001', city: 'Paris' };
    expect(prices((await ask(feather, paris).expect(201)).body)).toEqual([['standard', 1000]]);
  });

  test('is free for goods of enough value, by the methods that say so', async () => {
    const { body } = await ask([{ sku: 'DIAMOND', quantity: 1 }]).expect(201);
    expect(prices(body)).toEqual([
      ['standard', 0],
      ['express', 1300],
    ]);
  });

  test('leaves out what cannot carry the weight, and is refused when nothing can', async () => {
    expect(prices((await ask([{ sku: 'BRICK', quantity: 5 }]).expect(201)).body)).toEqual([
      ['standard', 1700],
    ]);
    expect(await refused(ask([{ sku: 'BRICK', quantity: 13 }]))).toEqual([422, 'destination-unreachable']);
    const antarctica = { country: 'AQ', postcode: '1', city: 'Pole' };
    expect(await refused(ask(feather, antarctica))).toEqual([422, 'destination-unreachable']);
  });

  test.each([
    ['an unknown country', 'unknown-country', '/destination/country', { ...berlin, country: 'XX' }],
    [
      'a postcode of elsewhere',
      'validation-failed',
      '/destination/postcode',
      { ...berlin, postcode: 'SW1A' },
    ],
    ['a country that is no code', 'validation-failed', '/destination/country', { ...berlin, country: 'de' }],
    ['an unknown field', 'validation-failed', '/destination/street', { ...berlin, street: 'x' }],
  ])('%s is refused with a pointer', async (_what, code, pointer, destination) => {
    const { body } = await ask(feather, destination).expect(422);
    expect(body).toMatchObject({ type: `urn:shopstack:problem:${code}`, errors: [{ pointer }] });
  });

  test('an unknown SKU is named', async () => {
    const { body } = await ask([...feather, { sku: 'NOPE', quantity: 1 }]).expect(404);
    expect(body).toMatchObject({
      type: 'urn:shopstack:problem:unknown-sku',
      errors: [{ pointer: '/lines/1/sku' }],
    });
  });

  test('no lines, too many and wrong quantities are refused', async () => {
    const many = Array.from({ length: 101 }, () => feather[0]);
    for (const lines of [[], many, [{ sku: 'FEATHER', quantity: 0 }], [{ sku: 'FEATHER', quantity: 1.5 }]]) {
      expect(await refused(ask(lines))).toEqual([422, 'validation-failed']);
    }
  });

  test('says when it has expired', async () => {
    const { body } = await ask(feather).expect(201);
    const { quoteId } = body.items[0];
    const past = new Date(Date.now() - 1000);
    await shop.database.db
      .updateTable('quotes')
      .set({ expires_at: past })
      .where('id', '=', quoteId)
      .execute();
    expect((await shop.api.get(`/quotes/${quoteId}`).expect(200)).body.expired).toBe(true);
    expect(await refused(shop.api.get(`/quotes/${uuidv7()}`))).toEqual([404, 'not-found']);
    expect(await refused(shop.api.get('/quotes/1'))).toEqual([422, 'validation-failed']);
  });

  test('waits while the catalogue is away', async () => {
    shop.catalogue.state.away = true;
    const answer = await ask(feather);
    shop.catalogue.state.away = false;
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('places', () => {
  const names = async (query: string): Promise<string[]> => {
    const { body } = await shop.api.get(`/countries/DE/places?${query}`).expect(200);
    return body.items.map((it: { name: string }) => it.name);
  };
  test('are found by how their names begin, without case and marks, biggest first', async () => {
    expect(await names('q=ber')).toEqual(['Berlin', 'Bernau bei Berlin', 'Bergen']);
    expect(await names('q=KOLN')).toEqual(['Köln', 'Köln-Land']);
    expect(await names('q=giess')).toEqual(['Gießen']);
    expect(await names(`q=${encodeURIComponent('köln-l')}`)).toEqual(['Köln-Land']);
    expect(await names('q=lin')).toEqual([]);
  });

  test('come in pages without gap or repetition', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await shop.api.get(`/countries/DE/places?limit=1${cursor}`).expect(200);
      seen.push(body.items[0].name);
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor !== '');
    expect(seen).toEqual(['Berlin', 'Köln', 'Gießen', 'Bernau bei Berlin', 'Bergen', 'Köln-Land']);
  });

  test('of an unknown country are a problem', async () => {
    expect(await refused(shop.api.get('/countries/XX/places'))).toEqual([422, 'unknown-country']);
    expect(await refused(shop.api.get('/countries/DE/places?cursor=x'))).toEqual([422, 'validation-failed']);
    const { body } = await shop.api.get('/countries').expect(200);
    expect(body.items.map((it: { code: string }) => it.code)).toEqual(['AQ', 'FR', 'DE']);
  });
});
