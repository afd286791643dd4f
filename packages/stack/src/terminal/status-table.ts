import type { PartStatus } from '../part.ts';
import { megabytes, uptime } from './amounts.ts';
import type { Paint } from './style.ts';

export interface StatusRow extends PartStatus {
  healthy: boolean;
  memoryBytes: number;
}

const headings = ['PART', 'HEALTH', 'PORT', 'MEMORY', 'UPTIME', 'PID', ''] as const;
const rightAligned = new Set(['PORT', 'MEMORY', 'PID']);

/** The running shop as a table, with the sum of its memory. */
export function statusTable(rows: readonly StatusRow[], now: number, paint: Paint): string[] {
  const cells = rows.map((row) => [
    row.name,
    healthWord(row),
    row.port === undefined ? '' : String(row.port),
    row.pid === undefined ? '' : megabytes(row.memoryBytes),
    row.pid === undefined || row.startedAt === undefined ? '' : uptime(now - row.startedAt),
    row.pid === undefined ? '' : String(row.pid),
    remark(row),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => aligned(cell, headings[column] ?? '', widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const total = rows.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return [
    paint('dim', line(headings)),
    ...cells.map((row, index) => paint(rows[index]?.healthy ? 'green' : 'red', '●').concat(' ', line(row))),
    '',
    `${megabytes(total)} of memory in all`,
  ].map((text, index) => (index === 0 ? `  ${text}` : text));
}

function aligned(cell: string, heading: string, width: number): string {
  return rightAligned.has(heading) ? cell.padStart(width) : cell.padEnd(width);
}

function healthWord({ healthy, state }: StatusRow): string {
  if (healthy) return state === 'ready' ? 'ok' : state;
  return state === 'ready' ? 'not answering' : state;
}

function remark({ restarts, note }: StatusRow): string {
  const again = restarts === 0 ? [] : [`restarted ${restarts === 1 ? 'once' : `${restarts} times`}`];
  return [...again, ...(note === undefined ? [] : [note])].join(', ');
}
