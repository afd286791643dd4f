import type { PartStatus, State } from '../part.ts';
import { cut, seconds } from './amounts.ts';
import type { Colour, Paint } from './style.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const looks: Record<State, { mark: string; colour: Colour }> = {
  waiting: { mark: '·', colour: 'dim' },
  preparing: { mark: '', colour: 'cyan' },
  starting: { mark: '', colour: 'cyan' },
  ready: { mark: '✔', colour: 'green' },
  restarting: { mark: '↻', colour: 'yellow' },
  failed: { mark: '✖', colour: 'red' },
  stopped: { mark: '■', colour: 'dim' },
  absent: { mark: '–', colour: 'yellow' },
};

export interface TableView {
  parts: readonly PartStatus[];
  /** When each part was first seen at work, in ms since 1970. */
  since: ReadonlyMap<string, number>;
  now: number;
  startedAt: number;
  /** Counts up; moves the spinner. */
  frame: number;
  columns: number;
  paint: Paint;
}

/** The start as a table, one line per part, none wider than the terminal. */
export function startTable(view: TableView): string[] {
  const ready = view.parts.filter(({ state }) => state === 'ready').length;
  const head = `  ShopStack  ${ready} of ${view.parts.length} parts  ${seconds(view.now - view.startedAt)}`;
  return [view.paint('bold', head), ...view.parts.map((part) => row(part, view))];
}

function row(part: PartStatus, view: TableView): string {
  const { mark, colour } = looks[part.state];
  const begun = view.since.get(part.name);
  const tookMs = part.tookMs ?? (begun === undefined ? undefined : view.now - begun);
  const cells = [
    part.name.padEnd(11),
    part.state.padEnd(10),
    (part.port === undefined ? '' : `:${part.port}`).padEnd(7),
    (tookMs === undefined || part.state === 'absent' ? '' : seconds(tookMs)).padStart(8),
    part.note ?? '',
  ].join(' ');
  const sign = mark || (spinner[view.frame % spinner.length] ?? '');
  return `  ${view.paint(colour, sign)} ${cut(cells.trimEnd(), view.columns - 5)}`;
}

/** The same for a log file: one line when something worth telling happened to a part, else undefined. */
export function startLine(part: PartStatus): string | undefined {
  const note = part.note === undefined ? '' : ` (${part.note})`;
  switch (part.state) {
    case 'ready':
      return `${part.name} ready${part.tookMs === undefined ? '' : ` in ${seconds(part.tookMs)}`}${note}`;
    case 'preparing':
    case 'starting':
      return part.note === undefined ? undefined : `${part.name}: ${part.note}`;
    case 'restarting':
    case 'failed':
    case 'absent':
      return `${part.name} ${part.state}${note}`;
    case 'waiting':
    case 'stopped':
      return undefined;
  }
}
