import type { IncomingMessage } from 'node:http';

const LONGEST_STATEMENT = 300;
const operators = /^\/(?:_?health|metrics)(?:[/?]|$)/;

/** What operators ask for, and whatever says that it is a probe. */
export const isUntraced = ({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean =>
  headers['x-instana-synthetic'] === '1' || operators.test(url);

/** A statement without its literals. */
export const maskedStatement = (text: string): string =>
  text
    .replaceAll(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/g, '?')
    .replaceAll(/\b\d+(?:\.\d+)?\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_STATEMENT);
