import type { Timeline } from '../campaign/timeline.ts';
import { type Figures, seconds } from './figures.ts';
import { escapeMarkup } from './markup.ts';
import { timelinePlot } from './plot.ts';
import { style } from './style.ts';

/** The report as one page that needs nothing else, in light and dark. */
export function htmlReport(
  figures: Figures,
  { timeline, replay }: { timeline: Timeline; replay: string },
): string {
  const { seed, good, headline, summary, statuses, refusals, recovery } = figures;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fault campaign ${seed}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="seed">Fault campaign, seed ${seed}</p>
<h1><span class="verdict ${good ? 'good' : 'bad'}">${good ? 'Passed' : 'Failed'}</span> ${escapeMarkup(headline)}</h1>
<p>The same again: <code>${escapeMarkup(replay)}</code></p>
</header>
<main>
<section class="plot">
<p class="legend"><span class="key open"></span>under way <span class="key paid"></span>paid <span class="key ended"></span>not bought, undone or with a person <span class="key fault"></span>fault <span class="key outage"></span>part down until recovered</p>
${timelinePlot(timeline)}
</section>
<section><h2>Promises</h2>${promises(figures)}</section>
<section class="columns">
<div><h2>Figures</h2>${table([], summary)}</div>
<div><h2>Orders ended as</h2>${table([], statuses.map(asText))}${refusals.length > 0 ? `<h3>Clearly refused</h3>${table([], refusals.map(asText))}` : ''}
${recovery.length > 0 ? `<h3>Parts that were down</h3>${table([], recovery)}` : ''}</div>
</section>
<section><h2>Faults</h2>${faults(figures)}</section>
</main>
</body>
</html>
`;
}

const asText = ([name, count]: readonly [string, number]): [string, string] => [name, String(count)];

function promises({ findings }: Figures): string {
  const rows = findings.map(({ promise, title, checked, violations, unchecked }) => {
    const state = violations.length > 0 ? 'bad' : unchecked === undefined ? 'good' : 'unseen';
    const mark = { bad: '✗', good: '✓', unseen: '–' }[state];
    const details = violations.map(
      ({ id, detail }) => `<li><code>${escapeMarkup(id)}</code> ${escapeMarkup(detail)}</li>`,
    );
    const list = details.length === 0 ? '' : `<ul>${details.join('')}</ul>`;
    const reason = unchecked === undefined ? '' : ` <small>${escapeMarkup(unchecked)}</small>`;
    return `<tr class="${state}"><td class="mark">${mark}</td><td>${promise}</td><td>${escapeMarkup(title)}${reason}${list}</td><td class="number">${checked}</td><td class="number">${violations.length}</td></tr>`;
  });
  return `<table><thead><tr><th></th><th></th><th>Promise</th><th class="number">Checked</th><th class="number">Broken</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

const faults = (figures: Figures) =>
  table(
    ['', 'Fault', 'Target', 'After', 'Lasted', ''],
    figures.faults.map((it) => [
      String(it.number),
      it.title,
      it.target,
      seconds(it.atMs),
      it.lastedMs < 5 ? '' : seconds(it.lastedMs),
      it.note,
    ]),
  );

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heading =
    head.length === 0
      ? ''
      : `<thead><tr>${head.map((it) => `<th>${escapeMarkup(it)}</th>`).join('')}</tr></thead>`;
  const body = rows.map((row) => `<tr>${row.map((it) => `<td>${escapeMarkup(it)}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table>${heading}<tbody>${body.join('\n')}</tbody></table></div>`;
}
