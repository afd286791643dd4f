import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { allMessages, dataSchema, type Json } from './asyncapi.ts';
import { incompatibilities } from './compatibility.ts';

const released = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .parse(JSON.parse(readFileSync(new URL('../../../docs/releases/messages.json', import.meta.url), 'utf8')));

test('this release and the last one understand each other', () => {
  const now = Object.fromEntries(allMessages.map((it) => [it.type, dataSchema(it)]));
  expect(incompatibilities(released, now)).toEqual([]);
});

describe('what is refused', () => {
  const schema = (data: z.ZodType): Json => JSON.parse(JSON.stringify(z.toJSONSchema(data)));
  const before = z.object({
    id: z.string(),
    kind: z.enum(['a', 'b']),
    lines: z.array(z.object({ quantity: z.int().min(1) })),
    note: z.string().optional(),
  });
  const faults = (after: z.ZodType) => incompatibilities({ m: schema(before) }, { m: schema(after) });

  test('nothing when a field or an enum value is added', () => {
    expect(faults(before.extend({ more: z.string().optional(), kind: z.enum(['a', 'b', 'c']) }))).toEqual([]);
  });
  test.each<[string, z.ZodType, string]>([
    ['a field that is gone', before.omit({ note: true }), 'm.note is gone'],
    ['a new required field', before.extend({ more: z.string() }), 'm.more is required now'],
    ['a field that may be missing now', before.extend({ id: z.string().optional() }), 'm.id is optional now'],
    ['another type', before.extend({ id: z.int() }), 'm.id: its type changed'],
    ['a value less', before.extend({ kind: z.enum(['a']) }), 'm.kind: b is no longer allowed'],
    [
      'a narrower number in a list',
      before.extend({ lines: z.array(z.object({ quantity: z.int().min(2) })) }),
      'm.lines[].quantity: its minimum was raised',
    ],
  ])('%s', (_name, after, fault) => {
    expect(faults(after)).toContainEqual(expect.stringContaining(fault));
  });
  test('a type that is gone', () => {
    expect(incompatibilities({ m: schema(before) }, {})[0]).toContain('m is gone');
  });
});
