import type { Json } from './asyncapi.ts';

/** Type of message → JSON Schema of its data, as a release had it. */
export type ReleasedMessages = Readonly<Record<string, Json>>;

const isRecord = (it: unknown): it is Json => typeof it === 'object' && it !== null && !Array.isArray(it);
const list = (it: unknown): unknown[] => (Array.isArray(it) ? it : []);
/** What must stay as it was, because either side may be a release older than the other. */
const fixed = ['type', 'const', 'format', 'pattern'] as const;
const lowerBounds = ['minimum', 'minLength', 'minItems'] as const;
const upperBounds = ['maximum', 'maxLength', 'maxItems'] as const;

/**
 * What would break a service of the last release, or one of this release that reads what the last one sent: during a
 * rolling update both talk to each other, and old messages lie in queues. Empty when there is nothing.
 */
export function incompatibilities(before: ReleasedMessages, after: ReleasedMessages): string[] {
  return Object.entries(before).flatMap(([type, schema]) => {
    const now = after[type];
    return now ? compare(type, schema, now) : [`${type} is gone: keep it until nobody sends or hears it`];
  });
}

function compare(at: string, before: Json, after: Json): string[] {
  return [
    ...fixed.filter((word) => before[word] !== after[word]).map((word) => `${at}: its ${word} changed`),
    ...lowerBounds
      .filter((word) => Number(after[word] ?? -Infinity) > Number(before[word] ?? -Infinity))
      .map((word) => `${at}: its ${word} was raised`),
    ...upperBounds
      .filter((word) => Number(after[word] ?? Infinity) < Number(before[word] ?? Infinity))
      .map((word) => `${at}: its ${word} was lowered`),
    ...list(before.enum)
      .filter((value) => !list(after.enum).includes(value))
      .map((value) => `${at}: ${String(value)} is no longer allowed`),
    ...compareProperties(at, before, after),
    ...(isRecord(before.items) && isRecord(after.items) ? compare(`${at}[]`, before.items, after.items) : []),
  ];
}

function compareProperties(at: string, before: Json, after: Json): string[] {
  const [then, now] = [before, after].map(({ properties }) => (isRecord(properties) ? properties : {}));
  const needed = list(before.required);
  const faults = list(after.required)
    .filter((name) => !needed.includes(name))
    .map((name) => `${at}.${String(name)} is required now: messages in queues lack it`);
  for (const [name, schema] of Object.entries(then ?? {})) {
    const other = now?.[name];
    if (!isRecord(other)) faults.push(`${at}.${name} is gone: the last release reads it`);
    else if (isRecord(schema)) faults.push(...compare(`${at}.${name}`, schema, other));
    if (isRecord(other) && needed.includes(name) && !list(after.required).includes(name))
      faults.push(`${at}.${name} is optional now: the last release needs it`);
  }
  return faults;
}
