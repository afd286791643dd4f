import type { AuditReport } from '@shopstack/contracts/operations-desk';
import { seconds } from '@shopstack/stack/terminal/amounts';
import type { Paint } from '@shopstack/stack/terminal/style';

type Finding = AuditReport['findings'][number];
const TITLE_WIDTH = 52;

/** A report for people: a line per promise, below it what breaks it. */
export function reportTable(report: AuditReport, paint: Paint): string[] {
  const heading = `  ${'PROMISE'.padEnd(TITLE_WIDTH + 4)}  ${'CHECKED'.padStart(8)}  ${'BROKEN'.padStart(7)}`;
  return [
    paint('dim', heading),
    ...report.findings.flatMap((it) => findingLines(it, paint)),
    '',
    summary(report),
  ];
}

function findingLines(it: Finding, paint: Paint): string[] {
  const { promise, title, checked, violations, examples, unchecked } = it;
  const mark = violations > 0 ? paint('red', '✗') : unchecked ? paint('yellow', '–') : paint('green', '✓');
  const name = `${promise.padEnd(4)}${title.padEnd(TITLE_WIDTH)}`;
  const row = `${mark} ${name}  ${String(checked).padStart(8)}  ${String(violations).padStart(7)}`;
  const left = violations - examples.length;
  return [
    row,
    ...(unchecked === undefined ? [] : [paint('dim', `      not all seen: ${unchecked}`)]),
    ...examples.map(({ id, detail }) => `      ${paint('red', id)}  ${detail}`),
    ...(left > 0 ? [`      and ${left} more`] : []),
  ];
}

function summary({ violations, moving = 0, tookMs }: AuditReport): string {
  const verdict = violations === 0 ? 'No promise is broken' : `${violations} violations`;
  const still = moving === 0 ? '' : `; ${moving} orders were still moving and are not judged`;
  return `${verdict} (${seconds(tookMs)})${still}.`;
}
