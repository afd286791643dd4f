import { seconds } from './figures.ts';
import { escapeMarkup } from './markup.ts';
import { style } from './style.ts';

/** Whether a planted mistake was noticed. */
export interface Proof {
  name: string;
  mistake: string;
  service: string;
  /** The promises that it should break. */
  expected: readonly string[];
  /** Of the campaign in which it showed, or of the last one. */
  seed: number;
  caught: boolean;
  /** The promises that were found broken. */
  broken: string[];
  /** The first violation, or why there is none. */
  shown: string;
  tookMs: number;
}

const head = ['', 'Sabotage', 'Service', 'Mistake', 'Should break', 'Broke', 'For example', 'Seed', 'Took'];
const rowOf = ({
  name,
  mistake,
  service,
  expected,
  caught,
  broken,
  shown,
  seed,
  tookMs,
}: Proof): string[] => [
  caught ? '✓' : '✗',
  name,
  service,
  mistake,
  expected.join(', '),
  broken.join(', '),
  shown,
  String(seed),
  seconds(tookMs),
];
const headline = (proofs: readonly Proof[]) =>
  `${proofs.filter(({ caught }) => caught).length} of ${proofs.length} sabotages caught`;

export function sabotageMarkdown(proofs: readonly Proof[], seed: number): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((it) => it.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...proofs.map((it) => line(rowOf(it)))];
  return `# ${headline(proofs)}\n\nSeed ${seed}.\n\n${table.join('\n')}\n`;
}

export function sabotageHtml(proofs: readonly Proof[], seed: number): string {
  const rows = proofs.map((it) => {
    const cells = rowOf(it).map(
      (text, index) => `<td${index === 0 ? ' class="mark"' : ''}>${escapeMarkup(text)}</td>`,
    );
    return `<tr class="${it.caught ? 'good' : 'bad'}">${cells.join('')}</tr>`;
  });
  const good = proofs.every(({ caught }) => caught);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline(proofs)}</title><style>${style}</style></head>
<body><header><p class="seed">Sabotages, seed ${seed}</p>
<h1><span class="verdict ${good ? 'good' : 'bad'}">${good ? 'Passed' : 'Failed'}</span> ${headline(proofs)}</h1></header>
<main><section class="scroll"><table><thead><tr>${head.map((it) => `<th>${it}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section></main></body>
</html>
`;
}
