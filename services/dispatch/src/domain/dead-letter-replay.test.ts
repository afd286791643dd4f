import { describe, expect, test } from '@jest/globals';
import { draft, encode } from '@shopstack/bus/message';
import * as m from '@shopstack/contracts/messages';
import { type Circumstances, judgeReplay, type Replayed } from './dead-letter-replay.ts';

const orderId = '01890000-0000-7000-8000-000000000001';
const paymentId = '01890000-0000-7000-8000-000000000002';
const saga = { orderId, round: 1 };
const amount = { amountMinor: 100, currency: 'EUR' };
const pay = { ...saga, paymentId };
const subject = orderId;

const letterOf = (queue: string, message: Parameters<typeof encode>[0], change: object = {}): Replayed => {
  const envelope = { ...JSON.parse(encode(message, 'dispatch').content.toString()), ...change };
  return { queue, content: Buffer.from(JSON.stringify(envelope)), whole: true };
};
const commit = draft(m.stockCommit, { subject, data: saga });
const release = draft(m.stockRelease, { subject, data: saga });
const capture = draft(m.paymentCapture, { subject, data: { ...pay, amount } });
const refund = { ...pay, refundId: paymentId, amount, reason: 'returned' };
const lines = [{ sku: 'CUP-1', quantity: 1 }];

const going: Circumstances = { absent: new Set(), order: { state: 'COMMITTING', undoing: false } };
const judge = (letter: Replayed, circumstances: Partial<Circumstances> = {}) => {
  const verdict = judgeReplay(letter, { ...going, ...circumstances });
  return verdict.ok ? verdict.queues : verdict.reason;
};

test('a message its queue knows goes back there', () => {
  expect(judge(letterOf('catalogue.commands', commit))).toEqual(['catalogue.commands']);
});

describe('cannot work', () => {
  test.each<[string, Replayed, string | RegExp]>([
    ['kept in part', { ...letterOf('catalogue.commands', commit), whole: false }, /too large/],
    ['not JSON', { queue: 'catalogue.commands', content: Buffer.from('{'), whole: true }, /read: not JSON/],
    [
      'another envelope',
      { queue: 'catalogue.commands', content: Buffer.from('{}'), whole: true },
      /read: specversion/,
    ],
    ['a queue of the past', letterOf('search.events', commit), /search\.events does not exist/],
    ['a name every object has', letterOf('constructor', commit), /constructor does not exist/],
    [
      'a version to come',
      letterOf('catalogue.commands', commit, { type: 'stock.commit.v2' }),
      /stock\.commit\.v2/,
    ],
    ["another queue's type", letterOf('payment.commands', commit), /payment\.commands does not know/],
    [
      'data that does not fit',
      letterOf('catalogue.commands', commit, { data: { round: 1 } }),
      /fit.*orderId/,
    ],
    ['no hearer', letterOf('shop.unrouted', commit, { type: 'nobody.listens.v1' }), /No queue hears/],
  ])('%s', (_what, letter, reason) => {
    expect(judge(letter)).toMatch(reason);
  });

  test('the broker has lost the queue', () => {
    const absent = new Set(['catalogue.commands']);
    expect(judge(letterOf('catalogue.commands', commit), { absent })).toMatch(/does not exist/);
    expect(judge(letterOf('shop.unrouted', commit), { absent })).toMatch(/does not exist/);
  });
});

test('what no queue wanted goes to those who hear it now', () => {
  expect(judge(letterOf('shop.unrouted', commit))).toEqual(['catalogue.commands']);
});

describe('commands and how their order stands', () => {
  const address = { name: 'A', line1: 'B', city: 'C', postcode: '20095', country: 'DE' };
  const destination = { country: 'DE', postcode: '20095', city: 'C' };
  const shop = { quoteId: paymentId, method: 'standard' as const, address, destination, lines };
  const payment = { ...pay, amount, token: 't', country: 'DE', maxAttempts: 3 };
  const forward: [string, Replayed][] = [
    ['reserve', letterOf('catalogue.commands', draft(m.stockReserve, { subject, data: { ...saga, lines } }))],
    ['commit', letterOf('catalogue.commands', commit)],
    ['hold', letterOf('shipping.commands', draft(m.shipmentHold, { subject, data: { ...saga, ...shop } }))],
    ['confirm', letterOf('shipping.commands', draft(m.shipmentConfirm, { subject, data: saga }))],
    [
      'authorise',
      letterOf(
        'payment.commands',
        draft(m.paymentAuthorise, { subject, data: { ...payment, method: 'card' } }),
      ),
    ],
    [
      'charge',
      letterOf(
        'payment.commands',
        draft(m.paymentCharge, { subject, data: { ...payment, method: 'mpesa' } }),
      ),
    ],
    ['capture', letterOf('payment.commands', capture)],
  ];
  const harmless: [string, Replayed][] = [
    ['renew', letterOf('catalogue.commands', draft(m.stockRenew, { subject, data: saga }))],
    ['release', letterOf('catalogue.commands', release)],
    [
      'restock',
      letterOf('catalogue.commands', draft(m.stockRestock, { subject, data: { ...saga, key: 'k', lines } })),
    ],
    ['cancel', letterOf('shipping.commands', draft(m.shipmentCancel, { subject, data: saga }))],
    ['void', letterOf('payment.commands', draft(m.paymentVoid, { subject, data: pay }))],
    ['refund', letterOf('payment.commands', draft(m.paymentRefund, { subject, data: refund }))],
    ['an answer', letterOf('dispatch.replies', draft(m.stockReserved, { subject, data: saga }))],
  ];
  const ended = ['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED'];

  test.each(forward)('%s goes forward', (_name, letter) => {
    for (const state of ended) {
      expect(judge(letter, { order: { state, undoing: false } })).toMatch(/^The order has ended \(/);
    }
    for (const state of ['CANCELLING', 'REFUNDING']) {
      expect(judge(letter, { order: { state, undoing: false } })).toMatch(/^The order is being undone \(/);
    }
    expect(judge(letter, { order: { state: 'ATTENTION', undoing: true } })).toMatch(/being undone/);
    expect(judge(letter, { order: undefined })).toMatch(/^There is no such order/);
    for (const state of ['RESERVING', 'COMMITTING', 'CONFIRMED', 'SHIPPED', 'ATTENTION']) {
      expect(judge(letter, { order: { state, undoing: false } })).toEqual([letter.queue]);
    }
  });

  test.each(harmless)('%s takes nothing', (_name, letter) => {
    for (const state of [...ended, 'CANCELLING', 'ATTENTION']) {
      expect(judge(letter, { order: { state, undoing: true } })).toEqual([letter.queue]);
    }
    expect(judge(letter, { order: undefined })).toEqual([letter.queue]);
  });

  test('what no queue wanted is held to the same', () => {
    const lost = { ...letterOf('payment.commands', capture), queue: 'shop.unrouted' };
    expect(judge(lost, { order: { state: 'CANCELLED', undoing: true } })).toMatch(/has ended/);
  });
});
