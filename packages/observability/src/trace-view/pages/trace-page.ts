import { searchText } from '../search.ts';
import type { Span } from '../span.ts';
import { createTimeScale, type TimeScale } from '../time-scale.ts';
import { type Row, type Run, rowsOf, runsOf, type Summary, summarise, type Trace } from '../trace.ts';
import { clock, counted, duration } from './amounts.ts';
import { colourOf, page } from './layout.ts';
import { html, type Markup, nothing } from './markup.ts';

export interface TraceView {
  trace: Trace;
  /** All traces of its orders, this one among them. */
  related: readonly Summary[];
  /** Long waits are drawn short. */
  folded: boolean;
}

const DEEPEST = 16;
const guide = html`<i class="guide"></i>`;
const TICKS = [0, 20, 40, 60, 80, 100];

/** One trace as a waterfall. */
export function tracePage({ trace, related, folded }: TraceView): string {
  const summary = summarise(trace);
  const scale = createTimeScale(trace.spans, folded);
  const content = html`${heading(summary)}
${orders(summary, related)}
<section class="card waterfall" aria-label="Spans">
${axis(summary, scale, folded)}
<div class="rows"><svg class="folds" aria-hidden="true">${scale.folds.map(stripe)}</svg>
${rowsOf(trace.spans).map((row) => spanRow(row, summary, scale))}</div>
</section>
<p class="foot">${trace.dropped === 0 ? '' : `${counted(trace.dropped, 'more span')} came than are kept. `}<a href="/api/traces/${trace.id}">As JSON</a></p>`;
  return page(`${summary.service} ${summary.name}`, content);
}

function heading({ id, name, service, startMs, durationMs, spans, errors, services }: Summary): Markup {
  const chip = (it: string) => html`<li><i class="dot ${colourOf(it, services)}"></i> ${it}</li>`;
  return html`<nav class="way"><a href="/">Recent traces</a></nav>
<h1><b class="service ${colourOf(service, services)}">${service}</b> ${name}</h1>
<p class="facts"><b>${duration(durationMs)}</b> · ${counted(spans, 'span')} · ${
    errors === 0 ? 'no errors' : html`<strong class="errors">${counted(errors, 'error')}</strong>`
  } · began <time datetime="${new Date(startMs).toISOString()}">${clock(startMs)}</time> · <code>${id}</code></p>
<ul class="legend">${services.map(chip)}</ul>`;
}

function orders({ id, orders: ids }: Summary, related: readonly Summary[]): Markup[] {
  return ids.map((order) => {
    const all = related.filter((it) => it.orders.includes(order)).sort((a, b) => a.startMs - b.startMs);
    return html`<section class="orders"><h2>Order <a href="/${searchText({ order })}"><code>${order}</code></a></h2>
${all.length < 2 ? html`<p>This is its only trace here.</p>` : html`<ol>${runsOf(all).map((run) => orderEntry(run, id))}</ol>`}</section>`;
  });
}

function orderEntry({ first, more }: Run, here: string): Markup {
  const what = html`${clock(first.startMs)} ${first.service} ${first.name}`;
  const took = html`<small>${duration(first.durationMs)}${more.length === 0 ? '' : `, and ${more.length} more`}</small>`;
  return first.id === here
    ? html`<li aria-current="true">${what} ${took}</li>`
    : html`<li><a href="/traces/${first.id}">${what}</a> ${took}</li>`;
}

function axis({ startMs, id }: Summary, scale: TimeScale, folded: boolean): Markup {
  const anchor = (at: number) => (at === 0 ? 'start' : at === 100 ? 'end' : 'middle');
  const tick = (at: number) =>
    html`<text x="${at}%" y="14" text-anchor="${anchor(at)}">${duration(Math.max(0, scale.timeAt(at) - startMs))}</text>`;
  const waits = scale.folds.reduce((sum, { ms }) => sum + ms, 0);
  const note =
    scale.folds.length > 0
      ? html`${counted(scale.folds.length, 'wait')} of ${duration(waits)} in all drawn short. <a href="/traces/${id}?folded=false">True scale</a>`
      : folded
        ? nothing
        : html`True scale. <a href="/traces/${id}">Draw waits short</a>`;
  return html`<div class="axis"><span class="note">${note}</span><svg aria-hidden="true">${TICKS.map(tick)}</svg></div>`;
}

const stripe = ({ at, width, ms }: TimeScale['folds'][number]): Markup =>
  html`<rect x="${at.toFixed(3)}%" width="${width.toFixed(3)}%" height="100%"><title>nothing for ${duration(ms)}</title></rect>`;

function spanRow({ span, depth }: Row, { services, startMs }: Summary, scale: TimeScale): Markup {
  const from = scale.position(span.startMs);
  const width = scale.position(span.endMs) - from;
  const x = from.toFixed(3);
  const took = duration(span.endMs - span.startMs);
  return html`<details class="row ${colourOf(span.service, services)}${span.failed ? ' failed' : ''}"><summary>
<span class="what">${Array.from({ length: Math.min(depth, DEEPEST) }, () => guide)}<b class="service">${span.service}</b> <span class="name">${span.name}</span> <small>${hintOf(span)}</small>${span.failed ? html` <strong class="errors">failed</strong>` : nothing}</span>
<span class="bar"><svg aria-hidden="true"><rect x="${x}%" width="3" height="100%" rx="1.5"/><rect x="${x}%" width="${width.toFixed(3)}%" height="100%" rx="2"/></svg></span>
<span class="took">${took}</span>
</summary>${details({ span, depth }, startMs)}</details>
`;
}

/** What the name leaves out: a statement's text, a message's type, a refusal. */
function hintOf({ name, attributes }: Span): string {
  const status = attributes['http.response.status_code'] ?? '';
  const texts = [attributes['messaging.rabbitmq.routing_key'], attributes['db.query.text']];
  return [...texts, Number(status) >= 400 ? status : '']
    .filter((it) => it !== undefined && !name.includes(it))
    .join(' ');
}

function details({ span }: Row, startMs: number): Markup {
  const entry = ([name, value]: readonly [string, string | Markup]) =>
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const own: [string, string][] = [
    ['kind', span.kind],
    ['after', duration(span.startMs - startMs)],
    ['span', span.spanId],
    ['parent', span.parentSpanId ?? 'none'],
  ];
  const links = span.links.map(({ traceId }): [string, Markup] => [
    'goes on from',
    html`<a href="/traces/${traceId}">${traceId}</a>`,
  ]);
  const attributes = Object.entries(span.attributes).sort(([a], [b]) => a.localeCompare(b));
  return html`<dl>${[...own, ...links, ...attributes].map(entry)}</dl>`;
}
