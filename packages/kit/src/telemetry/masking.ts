import type { IncomingMessage } from 'node:http';

const LONGEST_STATEMENT = 300;
const operators = /^\/(?:_?health|metrics)(?:[/?]|$)/;

/** What operators ask for, and whatever says that it is a probe. */
export const isUntraced = ({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean =>
  headers['x-instana-synthetic'] === '1' || operators.test(url);

const MOST_REMEMBERED = 1000;
const masked = new Map<string, string>();

/** A statement without its literals. Statements repeat: each is looked at once. */
export function maskedStatement(text: string): string {
  const known = masked.get(text);
  if (known !== undefined) return known;
  const shape = mask(text);
  if (masked.size < MOST_REMEMBERED) masked.set(text, shape);
  return shape;
}

const mask = (text: string): string =>
  text
    .replaceAll(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/g, '?')
    .replaceAll(/\b\d+(?:\.\d+)?\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_STATEMENT);
