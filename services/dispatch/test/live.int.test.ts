import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
let server: Server;
let origin: string;
beforeAll(async () => {
  shop = await openShop({ commentMs: 200 });
  server = createServer(shop.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await shop.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Heard {
  text: string;
  ended: boolean;
}
/** Reads a stream in the background. */
async function follow(id: string, headers: Record<string, string>) {
  const abort = new AbortController();
  const response = await fetch(`${origin}/orders/${id}/events`, { headers, signal: abort.signal });
  const heard: Heard = { text: '', ended: false };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk, { stream: true });
    heard.ended = true;
  };
  const reading = read().catch(() => undefined);
  const versions = () => [...heard.text.matchAll(/^id: (\d+)$/gm)].map((it) => Number(it[1]));
  const statuses = () =>
    [...heard.text.matchAll(/^data: (.*)$/gm)].map((it) => JSON.parse(it[1] ?? '{}').status as string);
  const stop = () => {
    abort.abort();
    return reading;
  };
  return { response, heard, versions, statuses, stop };
}

test('a stream tells every step from the present state to the end, and closes', async () => {
  shop.participants.mute('stock.reserve');
  const { id, followToken } = (await shop.guest('sim_declined').order().expect(201)).body;
  const stream = await follow(id, { 'follow-token': followToken });
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
  await until(() => expect(stream.statuses()).toEqual(['placed']));
  await until(() => expect(stream.heard.text).toContain(': still here'));
  shop.participants.mute();
  await until(() => expect(stream.heard.ended).toBe(true));
  expect(stream.statuses().at(-1)).toBe('rejected');
  expect(stream.statuses()).toContain('cancelling');
  expect(stream.versions()).toEqual([...stream.versions()].sort((a, b) => a - b));
  expect(new Set(stream.versions()).size).toBe(stream.versions().length);
});

test('a reader who comes back hears only what is new', async () => {
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  const order = await shop.reach(id, followToken, 'confirmed');
  const known = await follow(id, { 'follow-token': followToken, 'last-event-id': String(order.version) });
  const behind = await follow(id, { 'follow-token': followToken, 'last-event-id': '1' });
  await until(() => expect(behind.statuses()).toEqual(['confirmed']));
  await until(() => expect(known.heard.text).toContain(': still here'));
  expect(known.versions()).toEqual([]);
  await shop.http
    .post(`/orders/${id}/cancellations`)
    .set('follow-token', followToken)
    .set('idempotency-key', 'c')
    .send({})
    .expect(202);
  await until(() => expect(known.statuses().at(-1)).toBe('refunded'));
  expect(known.heard.ended).toBe(true);
});

test('a finished order is told once', async () => {
  const { id, followToken } = (await shop.guest('sim_declined').order().expect(201)).body;
  await shop.reach(id, followToken, 'rejected');
  const stream = await follow(id, { 'follow-token': followToken });
  await until(() => expect(stream.heard.ended).toBe(true));
  expect(stream.statuses()).toEqual(['rejected']);
});

test('strangers hear nothing, readers who leave are forgotten', async () => {
  shop.participants.mute('stock.reserve');
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  const stranger = await follow(id, { 'follow-token': 'guess' });
  expect(stranger.response.status).toBe(404);
  const stream = await follow(id, { 'follow-token': followToken });
  await until(() => expect(shop.streams.size()).toBeGreaterThan(0));
  const before = shop.streams.size();
  await stream.stop();
  await until(() => expect(shop.streams.size()).toBe(before - 1));
  shop.participants.mute();
});
