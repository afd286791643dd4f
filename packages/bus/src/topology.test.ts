import { expect, test } from '@jest/globals';
import * as messages from '@shopstack/contracts/messages';
import { brokerDefinitions, rightsOf } from './definitions.ts';
import {
  createTopology,
  hearersOf,
  isShared,
  subscriptions,
  unheardEvents,
  unheardType,
} from './topology.ts';

const topology = createTopology();
const services = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'];
const matches = (pattern: string, key: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replaceAll('#', '.*')}$`).test(key);

test('every limit is explicit and every queue is replicated', () => {
  for (const queue of topology.queues) {
    expect(queue.arguments).toMatchObject({
      'x-queue-type': 'quorum',
      'x-delivery-limit': expect.any(Number),
      'x-max-length-bytes': expect.any(Number),
      'x-overflow': expect.stringMatching(/^(reject-publish|drop-head)$/),
    });
  }
});

test('dead-lettering is at least once, into an exchange and queue that exist', () => {
  const names = new Set(topology.exchanges.map((it) => it.name));
  for (const { name, arguments: args, bindings } of topology.queues) {
    for (const binding of bindings) expect(names).toContain(binding.exchange);
    const target = args['x-dead-letter-exchange'];
    if (target === undefined) continue;
    expect(names).toContain(target);
    expect(args).toMatchObject({ 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' });
    if (!isShared(name)) expect(topology.queues.map((it) => it.name)).toContain(`${name}.dlq`);
  }
});

test('every queue of a consumer group can be replayed into by its name', () => {
  for (const name of Object.keys(subscriptions)) {
    const queue = topology.queues.find((it) => it.name === name);
    expect(queue?.bindings).toContainEqual({ exchange: 'shop.replay', routingKey: name });
  }
});

test('every command goes to exactly one queue', () => {
  for (const definition of Object.values(messages)) {
    if (Array.isArray(definition) || !('kind' in definition) || definition.kind !== 'command') continue;
    const takers = topology.queues.filter((queue) =>
      queue.bindings.some((it) => it.exchange === 'shop.commands' && matches(it.routingKey, definition.type)),
    );
    expect(takers.map((it) => it.name)).toHaveLength(1);
  }
});

test('every event is heard by somebody, or declared to be heard by nobody', () => {
  const types = Object.values(messages).flatMap((it) =>
    'kind' in it && it.kind === 'event' ? [it.type] : [],
  );
  const unheard = types.filter((type) => hearersOf(type).length === 0);
  expect(unheard.sort()).toEqual(unheardEvents.map((it) => it.type).sort());
});

test('hearers and what nobody hears are found for every version', () => {
  expect(hearersOf('order.placed.v7').sort()).toEqual(['cart.events', 'user.orders']);
  expect(hearersOf('nobody.listens.v1')).toEqual([]);
  expect([unheardType('user.updated.v9'), unheardType('order.placed.v1')]).toEqual([
    'user.updated',
    undefined,
  ]);
});

test('a queue hears every version of its types, and nothing twice', () => {
  const cart = topology.queues.find((it) => it.name === 'cart.events');
  expect(cart?.bindings.filter((it) => matches(it.routingKey, 'order.placed.v2'))).toHaveLength(1);
  expect(cart?.bindings.filter((it) => matches(it.routingKey, 'order.completed.v1'))).toHaveLength(0);
});

test('every queue belongs to a service or to all', () => {
  for (const { name } of topology.queues) expect(['shop', ...services]).toContain(name.split('.')[0]);
});

test('rights let a service configure its own queues and nothing else', () => {
  const { configure, write, read } = rightsOf({ name: 'cart' });
  expect([new RegExp(configure).test('cart.events'), new RegExp(configure).test('shop.events')]).toEqual([
    true,
    false,
  ]);
  for (const right of [write, read].map((it) => new RegExp(it))) {
    expect(['cart.events', 'shop.dlx', 'user.orders', 'cartel.x'].map((it) => right.test(it))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

test('only the keeper of dead letters reads what no queue wanted', () => {
  const readers = services.filter((name) => new RegExp(rightsOf({ name }).read).test('shop.unrouted'));
  expect(readers).toEqual(['dispatch']);
  expect(new RegExp(rightsOf({ name: 'cart' }).read).test('shop.delay.1000')).toBe(false);
});

test('definitions hold the whole topology and no password', () => {
  const definitions = brokerDefinitions({ users: [{ name: 'cart', password: 'open-sesame' }] });
  expect(definitions.queues.map((it) => it.name)).toEqual(topology.queues.map((it) => it.name));
  expect(definitions.exchanges).toHaveLength(topology.exchanges.length);
  expect(JSON.stringify(definitions)).not.toContain('open-sesame');
});
