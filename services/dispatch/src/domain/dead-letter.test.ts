import { expect, test } from '@jest/globals';
import { describe as about, bodyText } from './dead-letter.ts';

const orderId = '01890000-0000-7000-8000-000000000001';
const other = '01890000-0000-7000-8000-000000000002';
const letter = (content: unknown, properties: object = {}, routingKey = 'catalogue.commands') => ({
  queue: 'catalogue.commands',
  content: Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content)),
  properties,
  routingKey,
});
const envelope = { id: 'm1', type: 'stock.reserve.v1', subject: orderId, data: { orderId } };

test.each([
  ['a message of ours', letter(envelope), ['stock.reserve.v1', 'm1', orderId]],
  ['properties before the envelope', letter(envelope, { messageId: 'p1', type: 't' }), ['t', 'p1', orderId]],
  [
    'an order in the data before the subject',
    letter({ ...envelope, data: { orderId: other } }),
    ['stock.reserve.v1', 'm1', other],
  ],
  [
    'the subject of a fact about an order',
    letter({ type: 'order.placed.v1', subject: orderId.toUpperCase(), data: {} }),
    ['order.placed.v1', '', orderId],
  ],
  [
    "another's subject is no order",
    letter({ type: 'user.updated.v1', subject: orderId }),
    ['user.updated.v1', '', undefined],
  ],
  [
    'bytes that say nothing, with properties that do',
    letter(Buffer.from([0xff, 0]), { type: 'stock.commit.v1', correlationId: orderId }),
    ['stock.commit.v1', '', orderId],
  ],
  ['bytes and nothing else', letter(Buffer.from([0xff, 0])), ['unknown', '', undefined]],
  [
    'the key it was published with',
    letter(Buffer.from('?'), {}, 'stock.reserve.v3'),
    ['stock.reserve.v3', '', undefined],
  ],
  ['JSON of another shape', letter([1, { id: 2 }]), ['unknown', '', undefined]],
])('%s', (_what, given, [type, messageId, order]) => {
  expect(about(given)).toEqual({ type, messageId, orderId: order });
});

test('what a browser got to pay with is not shown, whatever it holds', () => {
  const body = JSON.stringify({ data: { token: 'a"b\\', tokens: 1, amount: 2 } });
  expect(bodyText(Buffer.from(body))).toBe('{"data":{"token":"(hidden)","tokens":1,"amount":2}}');
  expect(bodyText(Buffer.from('{"token" : "cut of'))).toBe('{"token" : "cut of');
});
