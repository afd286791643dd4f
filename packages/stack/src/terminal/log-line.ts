import { stripVTControlCharacters } from 'node:util';
import { isRecord } from '../json.ts';
import type { Colour, Paint } from './style.ts';

const levels: Record<string, { word: string; colour: Colour }> = {
  trace: { word: 'TRACE', colour: 'dim' },
  debug: { word: 'DEBUG', colour: 'dim' },
  info: { word: 'INFO ', colour: 'green' },
  warn: { word: 'WARN ', colour: 'yellow' },
  error: { word: 'ERROR', colour: 'red' },
  fatal: { word: 'FATAL', colour: 'magenta' },
};
const told = new Set(['time', 'level', 'message', 'service', 'err', 'spanId', 'hostname', 'pid']);

/** One line of a JSON log for a person: time, level, message, fields; anything else as it is. */
export function prettyLogLine(line: string, paint: Paint): string {
  const entry = parse(line);
  if (!entry || typeof entry.message !== 'string') return stripVTControlCharacters(line);
  const { word, colour } = levels[String(entry.level)] ?? {
    word: String(entry.level ?? '').padEnd(5),
    colour: 'dim',
  };
  const time = typeof entry.time === 'string' ? entry.time.slice(11, 23) : '';
  const fields = Object.entries(entry)
    .filter(([name]) => !told.has(name))
    .map(([name, value]) => paint('dim', `${name}=`) + brief(value));
  const head = [paint('dim', time), paint(colour, word), entry.message, ...fields].join(' ');
  return isRecord(entry.err)
    ? `${head}\n${paint('red', indent(String(entry.err.stack ?? entry.err.message)))}`
    : head;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const brief = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const indent = (text: string) => text.replaceAll(/^/gm, '    ');
