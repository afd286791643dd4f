import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logFields } from '@shopstack/contracts/telemetry/log-fields';
import { logIndexFiles, logMappings } from './log-index.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test.each([...logIndexFiles()])('%s is made from the registry as it is', (path, content) => {
  expect(read(path)).toBe(content);
});

test('every field of a log line is searched by its type', () => {
  const { dynamic, properties } = logMappings();
  expect(dynamic).toBe(false);
  expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(Object.keys(logFields)));
  expect(properties).toMatchObject({
    time: { type: 'date' },
    orderId: { type: 'keyword' },
    durationMs: { type: 'double' },
    disabled: { type: 'boolean' },
    roles: { type: 'keyword' },
    err: { type: 'flattened' },
    message: { type: 'text', fields: { keyword: { type: 'keyword' } } },
  });
});

test('logs go after two weeks', () => {
  expect(read('elasticsearch/lifecycle-policy.json')).toContain('"min_age": "14d"');
  expect(read('elasticsearch/index-template.json')).toContain('"index.lifecycle.name": "shopstack-logs"');
});
