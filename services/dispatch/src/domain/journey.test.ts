import { expect, test } from '@jest/globals';
import { entriesOf } from './journey.ts';
import { beginSaga, decide } from './saga/decide.ts';
import { defaultTiming } from './saga/timing.ts';

const moment = { at: '2026-11-22T09:30:00.000Z', timing: defaultTiming };
const terms = { plan: 'card', totalMinor: 1, refundId: 'r' } as const;
const before = beginSaga({ orderId: 'o', terms }, moment).saga;

test('a journey tells the message, what it changed and what was sent because of it', () => {
  const message = { type: 'stock.reserved.v1', data: { orderId: 'o', round: 1 } } as const;
  const input = { kind: 'message', message } as const;
  const { saga: after, effects } = decide(before, input, moment);
  const told = effects.flatMap((effect) => {
    const sending = effect.kind === 'send' || effect.kind === 'status';
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    return sending ? [{ effect, message: { id: 'm2', type: 't.v1', causationId: 'm1', traceparent } }] : [];
  });
  expect(entriesOf({ before, after, cause: { input, heard: { messageId: 'm1' } }, told })).toEqual([
    { kind: 'heard', name: 'stock.reserved.v1', detail: 'RESERVING → HOLDING', messageId: 'm1' },
    { kind: 'step', name: 'stock-held' },
    {
      ...{ kind: 'status', name: 'stock-reserved', detail: 't.v1', messageId: 'm2', causationId: 'm1' },
      traceId: '0af7651916cd43dd8448eb211c80319c',
    },
    {
      ...{ kind: 'sent', name: 't.v1', messageId: 'm2', causationId: 'm1' },
      traceId: '0af7651916cd43dd8448eb211c80319c',
    },
  ]);
});

test('an order that is asked about for weeks tells every tenth time', () => {
  const input = { kind: 'timer', timer: 'resend', state: 'RESERVING' } as const;
  let saga = before;
  const lengths = Array.from({ length: 30 }, () => {
    const { saga: after } = decide(saga, input, moment);
    const entries = entriesOf({ before: saga, after, cause: { input }, told: [] });
    saga = after;
    return entries.length;
  });
  expect(lengths.filter((it) => it > 0)).toHaveLength(12);
});
