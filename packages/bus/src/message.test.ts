import { expect, test } from '@jest/globals';
import { type Context, type ContextManager, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { stockCommit } from '@shopstack/contracts/messages';
import { inTrace } from '@shopstack/kit/trace';
import { uuidv7 } from '@shopstack/kit/uuid';
import fc from 'fast-check';
import { on } from './handler.ts';
import { decode, draft, encode, readHeaders } from './message.ts';

const orderId = uuidv7();
const message = () =>
  draft(stockCommit, { subject: orderId, data: { orderId, round: 2 }, causationId: 'c1' });

test('what is encoded is decoded', () => {
  const out = message();
  const { content, properties } = encode(out, 'dispatch');
  const decoded = decode(content, properties.headers, 'catalogue.commands');
  const { kind: _, ...same } = out;
  expect(decoded).toEqual({
    ok: true,
    message: { ...same, source: 'dispatch', attempt: 1, queue: 'catalogue.commands' },
  });
});

test('data that does not fit its definition cannot be drafted', () => {
  expect(() => draft(stockCommit, { subject: orderId, data: { orderId: 'x', round: 1 } })).toThrow();
});

test('fields we do not know yet are ignored', () => {
  const { content } = encode({ ...message(), data: { orderId, round: 1, more: true } }, 'dispatch');
  const decoded = decode(content, {}, 'q');
  if (!decoded.ok) throw new Error(decoded.detail);
  expect(on(stockCommit, async () => undefined).prepare(decoded.message).ok).toBe(true);
});

test('no bytes and no headers make decoding throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.jsonValue(), fc.jsonValue(), (bytes, json, headers) => {
      expect(typeof decode(Buffer.from(bytes), headers, 'q').ok).toBe('boolean');
      expect(decode(Buffer.from(JSON.stringify(json)), headers, 'q').ok).toBe(false);
    }),
  );
});

test('a strange attempt counts as the first', () => {
  for (const attempt of ['2', -1, 1.5, null]) expect(readHeaders({ attempt }).attempt).toBe(1);
  expect(readHeaders({ attempt: 4 }).attempt).toBe(4);
});

test('work joins the trace a message came with, and what it drafts continues it', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  let active: Context = ROOT_CONTEXT;
  const manager: ContextManager = {
    active: () => active,
    with: (next, work, self, ...parameters) => {
      const before = active;
      active = next;
      try {
        return work.call(self, ...parameters);
      } finally {
        active = before;
      }
    },
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  context.setGlobalContextManager(manager);
  expect(inTrace(traceparent, () => trace.getSpanContext(context.active())?.traceId)).toBe(traceId);
  expect(inTrace(traceparent, message).traceparent).toBe(traceparent);
  expect(encode(inTrace(traceparent, message), 'x').properties.headers).toMatchObject({ traceparent });
  expect(inTrace('nonsense', message).traceparent).toBeUndefined();
  context.disable();
});
