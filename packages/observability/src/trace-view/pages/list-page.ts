import { type Search, searchText } from '../search.ts';
import { type Run, runsOf, type Summary } from '../trace.ts';
import { clock, counted, duration } from './amounts.ts';
import { colourOf, page } from './layout.ts';
import { html, type Markup, nothing } from './markup.ts';

export interface ListView {
  search: Search;
  found: readonly Summary[];
  services: readonly string[];
  counts: { traces: number; spans: number; forgotten: number };
  /** The page asks again by itself. */
  live: boolean;
}

const LIVE_EVERY_S = 3;

/** The newest traces that fit a search. */
export function listPage(view: ListView): string {
  const { search, found, live } = view;
  const of = search.order === undefined ? search.name : `the order ${search.order}`;
  const title = of === undefined ? 'Recent traces' : `Traces of ${of}`;
  const content = html`<h1>${title}</h1>
${searchForm(view)}
${found.length === 0 ? emptiness(view) : table(view)}
${keptLine(view)}`;
  const refresh = html`<meta http-equiv="refresh" content="${LIVE_EVERY_S}">`;
  return page(title, content, live ? refresh : nothing);
}

function searchForm({ search, services, live }: ListView): Markup {
  const option = (service: string) =>
    html`<option value="${service}"${service === search.service ? html` selected` : nothing}>${service}</option>`;
  return html`<form class="search" action="/" method="get">
<label class="wide">Order <input name="order" value="${search.order}" placeholder="its id" autocomplete="off" spellcheck="false"></label>
<label>Service <select name="service"><option value="">any</option>${services.map(option)}</select></label>
<label>At least <span class="unit"><input name="minMs" type="number" min="0" step="any" value="${search.minMs || undefined}" placeholder="0"> ms</span></label>
<label class="check"><input type="checkbox" name="errors" value="true"${search.errors ? html` checked` : nothing}> with errors</label>
<label class="check"><input type="checkbox" name="live" value="true"${live ? html` checked` : nothing}> live</label>
${search.name === undefined ? nothing : html`<input type="hidden" name="name" value="${search.name}">`}
<button>Show</button>
${searchText(search) === '' ? nothing : html`<a href="/">Show all</a>`}
</form>`;
}

function table({ found, services, search }: ListView): Markup {
  const runs = search.name === undefined ? runsOf(found) : found.map((first) => ({ first, more: [] }));
  const longest = Math.max(...found.map(({ durationMs }) => durationMs));
  return html`<div class="card"><table class="traces">
<thead><tr><th>Began</th><th>What</th><th>Services</th><th class="number">Spans</th><th>Took</th><th>Order</th></tr></thead>
<tbody>${runs.map((run) => row(run, { longest, services }))}</tbody>
</table></div>`;
}

function row({ first: trace, more }: Run, all: { longest: number; services: readonly string[] }): Markup {
  const { longest, services } = all;
  const dots = trace.services.map((it) => html`<i class="dot ${colourOf(it, services)}" title="${it}"></i>`);
  const share = (100 * trace.durationMs) / (longest || 1);
  return html`<tr class="${trace.errors > 0 ? 'failed' : ''}">
<td class="when"><time datetime="${new Date(trace.startMs).toISOString()}">${clock(trace.startMs)}</time></td>
<td class="what"><a href="/traces/${trace.id}"><b class="service ${colourOf(trace.service, services)}">${trace.service}</b> ${trace.name}</a>${errorsOf(trace)}${moreLike(trace, more.length)}</td>
<td class="services"><span title="${trace.services.join(', ')}">${dots}</span> <small>${counted(trace.services.length, 'service')}</small></td>
<td class="number spans">${trace.spans}<small class="unit"> ${trace.spans === 1 ? 'span' : 'spans'}</small></td>
<td class="took"><svg class="share" aria-hidden="true"><rect width="${share.toFixed(2)}%" height="100%" rx="2"/></svg> ${duration(trace.durationMs)}</td>
<td class="order">${trace.orders.map(orderLink)}</td>
</tr>
`;
}

function moreLike({ service, name }: Summary, count: number): Markup {
  if (count === 0) return nothing;
  return html` <small><a href="/${searchText({ service, name })}">and ${count} more like it</a></small>`;
}

const errorsOf = ({ errors }: Summary): Markup =>
  errors === 0 ? nothing : html` <strong class="errors">${counted(errors, 'error')}</strong>`;

/** Ids begin with the time, so it is the end that tells orders apart. */
const orderLink = (id: string): Markup =>
  html`<a href="/${searchText({ order: id })}" title="${id}"><code>…${id.slice(-8)}</code></a> `;

function emptiness({ counts }: ListView): Markup {
  const why =
    counts.traces === 0
      ? 'No trace has arrived yet. Open the shop and buy something.'
      : 'No trace fits. A trace arrives about two seconds after it happened.';
  return html`<p class="empty">${why}</p>`;
}

function keptLine({ counts, search }: ListView): Markup {
  const gone =
    counts.forgotten === 0 ? '' : `; ${counted(counts.forgotten, 'older trace')} made room for newer ones`;
  return html`<p class="foot">${counted(counts.traces, 'trace')} with ${counted(counts.spans, 'span')} in memory${gone}.
<a href="/api/traces${searchText(search)}">As JSON</a></p>`;
}
