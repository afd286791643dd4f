import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { createShopper } from '@shopstack/acceptance/shopper';
import { hearersOf } from '@shopstack/bus/topology';
import { attributes, orderAttribute } from '@shopstack/contracts/telemetry/attributes';
import { eventually } from '@shopstack/testkit/eventually';
import { type ReceivedSpan, spanKinds, spansAt } from '@shopstack/testkit/span-receiver';
import { serviceNames } from '../src/services.ts';

const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';
const receiverUrl = process.env.SPANS_URL ?? '';

/** Of a trace that is kept however small the ratio is: what decides is computed from the id, and is 0 for this one. */
function keptTraceId(): string {
  const parts = Array.from({ length: 3 }, () => randomBytes(4).readUInt32BE());
  const last = parts.reduce((all, part) => all ^ part, 0);
  return [...parts, last].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
const traceId = keptTraceId();
/** Every hop of an order that goes well, from being placed to being delivered. */
const hops = [
  ...['order.placed.v1', 'stock.reserve.v1', 'stock.reserved.v1', 'order.stock-reserved.v1'],
  ...['shipment.hold.v1', 'shipment.held.v1', 'payment.authorise.v1', 'payment.authorised.v1'],
  ...['stock.commit.v1', 'stock.committed.v1', 'payment.capture.v1', 'payment.captured.v1'],
  ...['shipment.confirm.v1', 'shipment.confirmed.v1', 'order.confirmed.v1', 'notification.send.v1'],
  ...['shipment.dispatched.v1', 'shipment.in-transit.v1', 'shipment.delivered.v1'],
  ...['order.shipped.v1', 'order.completed.v1'],
];
const sent = new Set<string>();
let spans: ReceivedSpan[] = [];
let orderId = '';
let secrets: string[] = [];

const ofTrace = async () => (await spansAt(receiverUrl)).filter((it) => it.traceId === traceId);
const keyOf = (it: ReceivedSpan) => it.attributes['messaging.rabbitmq.routing_key'];
const publications = (type: string) =>
  spans.filter((it) => it.kind === spanKinds.producer && keyOf(it) === type);

beforeAll(async () => {
  if (!receiverUrl) return;
  const shopper = createShopper(shopUrl, (input, init) => {
    const headers = new Headers(init?.headers);
    const spanId = randomBytes(8).toString('hex');
    sent.add(spanId);
    headers.set('traceparent', `00-${traceId}-${spanId}-01`);
    return fetch(input, { ...init, headers });
  });
  const { email, password } = await shopper.signUp();
  const { items } = await shopper.find('inStock=true&limit=50');
  ({ id: orderId } = await shopper.buy(items.find(({ stock }) => stock.available >= 10)?.sku ?? ''));
  secrets = [email, email.split('@')[0] ?? '', password, 'Ada Shopper', 'Hafenstra', 'sim_ok', 'eyJ'];
  await shopper.until(orderId, ['completed'], 40_000);
  await eventually(async () => {
    spans = await ofTrace();
    const last = publications('order.completed.v1').map(({ spanId }) => spanId);
    return hearersOf('order.completed.v1').every((queue) =>
      spans.some((it) => it.name === `${queue} process` && last.includes(it.parentSpanId ?? '')),
    );
  }, 20_000);
}, 90_000);
const traced = receiverUrl ? test : test.skip;

traced('one purchase is one trace through every service', () => {
  const services = new Set(spans.map(({ service }) => service));
  expect([...services].sort()).toEqual([...serviceNames].sort());
});

traced('no span is an orphan: each has its parent in the trace, or is what the page asked for', () => {
  const known = new Set([...spans.map(({ spanId }) => spanId), ...sent]);
  const orphans = spans.filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''));
  expect(orphans.map(({ service, name }) => `${service}: ${name}`)).toEqual([]);
  expect(
    spans
      .filter(({ parentSpanId }) => sent.has(parentSpanId ?? ''))
      .every(({ kind }) => kind === spanKinds.server),
  ).toBe(true);
});

traced.each(hops)('%s is published by one service and handled by all who hear it', (type) => {
  const published = publications(type);
  expect(published.length).toBeGreaterThan(0);
  for (const { spanId } of published) {
    const heard = spans.filter((it) => it.kind === spanKinds.consumer && it.parentSpanId === spanId);
    expect(heard.map(({ name }) => name).sort()).toEqual(
      hearersOf(type)
        .map((it) => `${it} process`)
        .sort(),
    );
  }
});

traced('every library tells what it did, within the request or the message it did it for', () => {
  const stores = new Set(
    spans.flatMap(({ service, attributes: { 'db.system.name': system } }) =>
      system ? [`${service}: ${system}`] : [],
    ),
  );
  expect([...stores].sort()).toEqual([
    ...['cart: redis', 'catalogue: mongodb', 'dispatch: mysql', 'payment: mysql', 'ratings: mysql'],
    ...['shipping: mysql', 'user: mongodb', 'user: redis'],
  ]);
  const calls = spans.filter((it) => it.kind === spanKinds.client && it.attributes['http.request.method']);
  const answered = calls.filter(({ spanId }) =>
    spans.some((it) => it.kind === spanKinds.server && it.parentSpanId === spanId),
  );
  expect(new Set(answered.map(({ service }) => service))).toEqual(new Set(['cart', 'dispatch', 'shipping']));
  expect(spans.some(({ attributes }) => attributes['express.type'] === 'request_handler')).toBe(true);
});

traced('every message, and what was done for it, tells its order', () => {
  const byId = new Map(spans.map((it) => [it.spanId, it]));
  const belongs = (it: ReceivedSpan | undefined): boolean =>
    it !== undefined &&
    (it.kind === spanKinds.producer ||
      it.kind === spanKinds.consumer ||
      belongs(byId.get(it.parentSpanId ?? '')));
  const registered = spans.filter((it) => belongs(it) && !/^user\./.test(keyOf(it) ?? ''));
  expect(registered.length).toBeGreaterThan(100);
  const without = registered.filter((it) => it.attributes[orderAttribute] !== orderId);
  expect(without.map((it) => `${it.service}: ${it.name} ${keyOf(it) ?? ''}`)).toEqual([]);
});

traced('whoever was asked for the order tells it too', () => {
  const placing = spans.find((it) => it.name === 'POST /orders');
  expect(placing?.attributes[orderAttribute]).toBe(orderId);
  const asked = spans.filter(
    (it) =>
      it.kind === spanKinds.server && it.service !== 'dispatch' && it.attributes[orderAttribute] === orderId,
  );
  // Payment is asked only when dispatch does not remember its methods.
  const services = new Set(asked.map(({ service }) => service).filter((it) => it !== 'payment'));
  expect(services).toEqual(new Set(['cart', 'catalogue', 'shipping', 'user']));
});

traced('nothing personal is in it, and nothing that is not in the registry', () => {
  const all = spans.map(({ raw }) => raw).join('\n');
  for (const secret of secrets) expect(all).not.toContain(secret);
  // The postcode, but not where its digits are a part of an id, a time or a port.
  const texts = spans.flatMap((it) => [it.name, ...Object.values(it.attributes)]);
  expect(texts.filter((it) => /(?<![\w.:-])20095(?![\w-])/.test(it))).toEqual([]);
  const names = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
  expect([...names].sort()).toEqual(
    Object.keys(attributes)
      .filter((it) => it !== 'error.type')
      .sort(),
  );
});
