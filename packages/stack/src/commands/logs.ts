import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLayout, type Layout } from '../layout.ts';
import { lastLines, openLogFollower } from '../log-follower.ts';
import { type Settings, UsageError } from '../settings.ts';
import { prettyLogLine } from '../terminal/log-line.ts';
import { type Colour, paintFor } from '../terminal/style.ts';

const LINES = 200;
const LOOK_EVERY_MS = 200;
const prefixColours: readonly Colour[] = ['cyan', 'magenta', 'yellow', 'blue', 'green'];

/** Prints the end of the logs of these parts (`all` for every part), and goes on until Ctrl-C when following. */
export async function logs(
  settings: Settings,
  names: readonly string[],
  mode: 'once' | 'follow',
): Promise<number> {
  const chosen = chooseLogs(createLayout(settings.dataDir), names);
  const print = printer(chosen.map(({ name }) => name));
  for (const { name, file } of chosen) printAll(print, name, lastLines(file, LINES));
  const followers = chosen.map(({ name, file }) => ({ name, news: openLogFollower(file) }));
  while (mode === 'follow') {
    await sleep(LOOK_EVERY_MS);
    for (const { name, news } of followers) printAll(print, name, news());
  }
  return 0;
}

function chooseLogs(layout: Layout, names: readonly string[]): { name: string; file: string }[] {
  const known = globSync('*.log', { cwd: layout.logDir })
    .map((file) => basename(file, '.log'))
    .sort();
  const chosen = names.includes('all') ? known : names;
  const strange = chosen.find((name) => !known.includes(name));
  if (chosen.length === 0 || strange !== undefined) {
    const have = known.length === 0 ? 'There are no logs yet.' : `There are: ${known.join(' ')} (or all)`;
    throw new UsageError(`${strange === undefined ? 'Which log?' : `No log of ${strange}.`} ${have}`);
  }
  return chosen.map((name) => ({ name, file: layout.logFile(name) }));
}

type Print = (name: string, line: string) => void;

function printAll(print: Print, name: string, lines: readonly string[]): void {
  for (const line of lines) print(name, line);
}

function printer(chosen: readonly string[]): Print {
  const paint = paintFor(process.stdout, process.env);
  const width = Math.max(...chosen.map(({ length }) => length));
  return (name, line) => {
    const colour = prefixColours[chosen.indexOf(name) % prefixColours.length] ?? 'cyan';
    const prefix = chosen.length > 1 ? `${paint(colour, name.padEnd(width))} ` : '';
    process.stdout.write(`${prefix}${prettyLogLine(line, paint)}\n`);
  };
}
