export interface ServerSentEvent {
  id?: string;
  event: string;
  data: string;
}

/** Reads text/event-stream as it arrives; a piece may end anywhere, even inside a CRLF. */
export function createEventParser(onEvent: (event: ServerSentEvent) => void) {
  let buffer = '';
  let fields: { id?: string; event?: string; data: string[] } = { data: [] };

  const flush = () => {
    const { id, event = 'message', data } = fields;
    fields = { data: [] };
    if (data.length > 0) onEvent({ ...(id === undefined ? {} : { id }), event, data: data.join('\n') });
  };
  const take = (line: string) => {
    if (line === '') return flush();
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') fields.data.push(value);
    else if (name === 'id') fields.id = value;
    else if (name === 'event') fields.event = value;
  };

  return (piece: string): void => {
    buffer += piece;
    // A lone CR at the end may be half of a CRLF: wait for the rest.
    const complete = buffer.endsWith('\r') ? buffer.length - 1 : buffer.length;
    const lines = buffer.slice(0, complete).split(/\r\n|\r|\n/);
    buffer = (lines.pop() ?? '') + buffer.slice(complete);
    for (const line of lines) take(line);
  };
}

/** Calls back for each event until the body ends. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: ServerSentEvent) => void,
): Promise<void> {
  const parse = createEventParser(onEvent);
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parse(decoder.decode(value, { stream: true }));
  }
}
