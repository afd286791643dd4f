import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Context, type ContextManager, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { activeTraceparent, inTrace, inUnkeptTrace, isUnkept } from './trace.ts';

const storage = new AsyncLocalStorage<Context>();
const manager: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (inside, run, self, ...words) => storage.run(inside, () => run.call(self, ...words)),
  bind: (_inside, target) => target,
  enable: () => manager,
  disable: () => manager,
};
beforeAll(() => void context.setGlobalContextManager(manager));
afterAll(() => context.disable());

const id = '0af7651916cd43dd8448eb211c80319c';
const kept = `00-${id}-b7ad6b7169203331-01`;
const unkept = `00-${id}-b7ad6b7169203331-00`;
const ignored = <T>(work: () => T): T => context.with(suppressTracing(ROOT_CONTEXT), work);
const isSuppressed = () => isTracingSuppressed(context.active());

test('a request that is not kept has an id, of its caller or a new one, and tells those it asks', () => {
  expect(ignored(() => inUnkeptTrace(kept, activeTraceparent))).toBe(unkept);
  expect(ignored(() => inUnkeptTrace(undefined, activeTraceparent))).toMatch(
    /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/,
  );
  expect(ignored(() => inUnkeptTrace(undefined, isUnkept))).toBe(true);
  expect(ignored(() => inUnkeptTrace(undefined, isSuppressed))).toBe(true);
});

test('a request that is kept, or that nobody traces, is left alone', () => {
  expect(inUnkeptTrace(kept, activeTraceparent)).toBeUndefined();
  expect(inUnkeptTrace(kept, isUnkept)).toBe(false);
});

test('a message joins its trace; one that is not kept makes no work for instrumentations', () => {
  expect(inTrace(kept, activeTraceparent)).toBe(kept);
  expect(inTrace(kept, isSuppressed)).toBe(false);
  expect(inTrace(unkept, activeTraceparent)).toBe(unkept);
  expect(inTrace(unkept, isSuppressed)).toBe(true);
  expect(inTrace('nonsense', activeTraceparent)).toBeUndefined();
});

test('what an instrumentation has set stays, and is suppressed when it is not kept', () => {
  const within = (traceFlags: number, run: () => unknown) =>
    context.with(
      trace.setSpanContext(ROOT_CONTEXT, { traceId: id, spanId: 'aaaaaaaaaaaaaaaa', traceFlags }),
      () => inTrace(kept, run),
    );
  expect(within(1, activeTraceparent)).toBe(`00-${id}-aaaaaaaaaaaaaaaa-01`);
  expect(within(1, isSuppressed)).toBe(false);
  expect(within(0, activeTraceparent)).toBe(`00-${id}-aaaaaaaaaaaaaaaa-00`);
  expect(within(0, isSuppressed)).toBe(true);
});
