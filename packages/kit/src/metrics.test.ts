import { expect, test } from '@jest/globals';
import { type Context, type ContextManager, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { metrics } from '@shopstack/contracts/telemetry/metrics';
import { counter, exposition, gauge, histogram } from './metrics.ts';

const samples = async (name: string) =>
  (await exposition())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

test('a metric of one name is made once', async () => {
  const labels = { currency: 'EUR', flow: 'placed' } as const;
  counter('shop_revenue_minor_total').add(250, labels);
  counter('shop_revenue_minor_total').add(50, labels);
  expect(await samples('shop_revenue_minor_total')).toEqual([
    'shop_revenue_minor_total{currency="EUR",flow="placed"} 300',
  ]);
});

test('a label with a list of values has no others', async () => {
  const ask: (labels: Record<string, string>) => void = histogram('shop_http_request_seconds').observe.bind(
    undefined,
    0.1,
  ) as never;
  for (const method of ['GET', 'BREW', 'STEEP']) ask({ method, route: '/x', status: '200' });
  const counts = await samples('shop_http_request_seconds_count');
  expect(counts.map((line) => /method="(\w+)"/.exec(line)?.[1]).sort()).toEqual(['GET', 'other']);
});

test('a label with a limit never has more values than that, and one for the rest', async () => {
  const { most } = metrics.shop_pool_connections.labels.pool;
  for (let at = 0; at < 1000; at++)
    gauge('shop_pool_connections').set(at, { pool: `pool-${at}`, state: 'used' });
  const lines = await samples('shop_pool_connections');
  expect(lines).toHaveLength(most + 1);
  expect(lines.at(-1)).toBe('shop_pool_connections{pool="other",state="used"} 999');
});

test('a sample of a sampled trace carries its id, one of another does not', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  let active: Context = ROOT_CONTEXT;
  const manager: ContextManager = {
    active: () => active,
    with: (_next, work, self, ...parameters) => work.call(self, ...parameters),
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  context.setGlobalContextManager(manager);
  const observe = (traceFlags: number, status: string) => {
    active = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: 'b7ad6b7169203331', traceFlags });
    histogram('shop_http_request_seconds').observe(0.2, { method: 'GET', route: '/traced', status });
  };
  observe(1, '200');
  observe(0, '404');
  context.disable();
  const buckets = (await samples('shop_http_request_seconds_bucket')).filter((it) => it.includes('/traced'));
  const withExemplar = buckets.filter((it) => it.includes(`# {trace_id="${traceId}"} 0.2`));
  expect(withExemplar).toHaveLength(1);
  expect(withExemplar[0]).toMatch(/le="0\.25".*status="200"/);
  expect(await exposition()).toMatch(/# EOF\n$/);
});
