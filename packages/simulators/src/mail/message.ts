export interface Message {
  subject: string;
  from: string;
  to: string[];
  text: string;
}
interface Part {
  headers: Map<string, string>;
  body: string;
}

/** Reads what people look for in a mail; `raw` is latin1, so that a character is a byte. */
export function parseMessage(raw: string): Message {
  const whole = splitPart(raw);
  return {
    subject: decodeWords(whole.headers.get('subject') ?? ''),
    from: decodeWords(whole.headers.get('from') ?? ''),
    to: addresses(whole.headers.get('x-envelope-to') ?? whole.headers.get('to') ?? ''),
    text: plainText(whole) ?? '',
  };
}

function splitPart(raw: string): Part {
  const [, head = '', body = ''] = raw.match(/^(.*?)(?:\r?\n){2}(.*)$/s) ?? [raw, raw];
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = line.match(/^([^:\s]+):\s*(.*)$/) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase()))
      headers.set(name.toLowerCase(), value);
  }
  return { headers, body };
}

function plainText(part: Part): string | undefined {
  const type = part.headers.get('content-type') ?? 'text/plain';
  if (/^multipart\//i.test(type)) {
    const boundary = type.match(/boundary="?([^";]+)"?/i)?.[1];
    const parts = boundary === undefined ? [] : part.body.split(`--${boundary}`).slice(1, -1);
    return parts
      .map((inner) => plainText(splitPart(inner.replace(/^\r?\n/, ''))))
      .find((text) => text !== undefined);
  }
  return /^text\/plain/i.test(type)
    ? decodeBody(part).toString('utf8').replaceAll('\r\n', '\n').trim()
    : undefined;
}

function decodeBody({ headers, body }: Part): Buffer {
  switch (headers.get('content-transfer-encoding')?.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return fromQuotedPrintable(body.replaceAll(/=\r?\n/g, ''));
    default:
      return Buffer.from(body, 'latin1');
  }
}

const fromQuotedPrintable = (text: string) =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const decodeWords = (text: string) =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_all, how: string, word: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : fromQuotedPrintable(word.replaceAll('_', ' ')).toString('utf8'),
    );

const addresses = (text: string) => text.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [];
