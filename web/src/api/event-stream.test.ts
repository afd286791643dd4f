import { describe, expect, test } from '@jest/globals';
import { createEventParser, readEvents, type ServerSentEvent } from './event-stream.ts';

function parse(pieces: readonly string[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const feed = createEventParser((event) => events.push(event));
  for (const piece of pieces) feed(piece);
  return events;
}

const text = ': hello\n\nid: 3\nevent: order\ndata: {"a":1}\n\nid: 4\nevent: order\ndata: {"a":2}\n\n';
const expected = [
  { id: '3', event: 'order', data: '{"a":1}' },
  { id: '4', event: 'order', data: '{"a":2}' },
];

describe('server-sent events', () => {
  test('comments are skipped, fields collected', () => {
    expect(parse([text])).toEqual(expected);
  });

  test('pieces may end anywhere, with every kind of line end', () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const stream = text.replaceAll('\n', lineEnd);
      for (let cut = 0; cut <= stream.length; cut++) {
        const events = parse([stream.slice(0, cut), stream.slice(cut), ':\n']);
        expect(events).toEqual(expected);
      }
    }
  });

  test('several data lines are one text; an event without a name is a message', () => {
    expect(parse(['data: one\ndata:two\ndata\n\n'])).toEqual([{ event: 'message', data: 'one\ntwo\n' }]);
  });

  test('an event that was cut off at the end never happened', () => {
    expect(parse(['id: 1\ndata: {"a"'])).toEqual([]);
  });

  test('characters split between two network pieces survive', async () => {
    const bytes = new TextEncoder().encode('data: Grüße – 🧺\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events: ServerSentEvent[] = [];
    await readEvents(body, (event) => events.push(event));
    expect(events).toEqual([{ event: 'message', data: 'Grüße – 🧺' }]);
  });
});
