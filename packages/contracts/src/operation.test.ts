import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Operation } from './operation.ts';

const files = readdirSync(import.meta.dirname).filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'));
const isOperation = (it: unknown): it is Operation =>
  typeof it === 'object' && it !== null && 'policy' in it && 'method' in it && 'path' in it;

test('what only services may call has a path that the gateway never forwards, and nothing else has', async () => {
  const modules: object[] = await Promise.all(files.map((file) => import(`./${file}`)));
  const operations = modules.flatMap((it) => Object.values(it)).filter(isOperation);
  expect(operations.length).toBeGreaterThan(50);
  for (const { id, path, policy } of operations)
    expect([id, path.startsWith('/internal/')]).toEqual([id, policy.kind === 'internal']);
});
