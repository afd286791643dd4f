import { type Figures, seconds } from './figures.ts';

/** The report as a document that reads well as text too. */
export function markdownReport(figures: Figures, replay: string): string {
  const { seed, headline, good, summary, findings, faults, statuses, refusals, recovery } = figures;
  return [
    `# Fault campaign ${seed}`,
    `**${good ? 'Passed' : 'Failed'}:** ${headline}. The same again: \`${replay}\``,
    '## Figures',
    table(['', ''], summary),
    '## Promises',
    table(
      ['', 'Promise', 'Checked', 'Broken'],
      findings.map(({ promise, title, checked, violations, unchecked }) => [
        `${promise} ${violations.length > 0 ? '✗' : unchecked ? '–' : '✓'}`,
        unchecked ? `${title} (not seen: ${unchecked})` : title,
        String(checked),
        String(violations.length),
      ]),
    ),
    ...violationLists(figures),
    '## Orders',
    table(
      ['Ended as', 'Orders'],
      statuses.map(([status, count]) => [status, String(count)]),
    ),
    ...(refusals.length === 0
      ? []
      : [
          table(
            ['Refused because', 'Buyers'],
            refusals.map(([why, count]) => [why, String(count)]),
          ),
        ]),
    '## Faults',
    table(
      ['', 'Fault', 'Target', 'After', 'Lasted', ''],
      faults.map((it) => [
        String(it.number),
        it.title,
        it.target,
        seconds(it.atMs),
        it.lastedMs < 5 ? '' : seconds(it.lastedMs),
        it.note,
      ]),
    ),
    ...(recovery.length === 0 ? [] : ['## Recovery', table(['Part', 'Was down'], recovery)]),
    '',
  ].join('\n\n');
}

function violationLists({ findings }: Figures): string[] {
  const broken = findings.filter(({ violations }) => violations.length > 0);
  return broken.flatMap(({ promise, violations }) => [
    `### What breaks ${promise}`,
    violations.map(({ id, detail }) => `- \`${id}\` ${detail}`).join('\n'),
  ]);
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
