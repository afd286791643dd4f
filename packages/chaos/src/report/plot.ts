import type { Timeline } from '../campaign/timeline.ts';
import { type FaultName, faultKinds, isFaultName } from '../plan/fault-kinds.ts';
import { beginOf, seconds } from './figures.ts';
import { escapeMarkup } from './markup.ts';

const WIDTH = 1080;
const LEFT = 170;
const RIGHT = 20;
const AREA_TOP = 26;
const AREA_HEIGHT = 200;
const ROW = 18;
const GAP = 44;

/** Orders by state above, faults and outages by part below, on one axis of time. */
export function timelinePlot(timeline: Timeline): string {
  const began = beginOf(timeline);
  const end = Math.max(
    began + 1000,
    ...[timeline.moments.at(-1)?.at, ...timeline.faults.map(({ to }) => to)].filter((it) => it !== undefined),
  );
  const x = (at: number) => LEFT + ((at - began) / (end - began)) * (WIDTH - LEFT - RIGHT);
  const rows = rowsOf(timeline);
  const rowsTop = AREA_TOP + AREA_HEIGHT + GAP;
  const height = rowsTop + rows.length * ROW + 30;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Orders and faults over time">`,
    timeAxis({ began, end, x, bottom: height - 22 }),
    ordersArea(timeline, x),
    label(LEFT, AREA_TOP - 10, 'Orders'),
    label(LEFT, rowsTop - 12, 'Faults, by what they hit'),
    ...rows.map((row, index) => partRow(row, { y: rowsTop + index * ROW, x, timeline })),
    lastFault(timeline, x, height - 22),
    '</svg>',
  ].join('\n');
}

const label = (x: number, y: number, text: string) => `<text class="title" x="${x}" y="${y}">${text}</text>`;

const rowOf = (name: string, target: string) =>
  isFaultName(name) ? faultKinds[name satisfies FaultName].hits(target) : target;
function rowsOf({ faults, outages }: Timeline): string[] {
  const hit = faults.map(({ name, target }) => rowOf(name, target));
  const down = outages.filter(({ from, to }) => to > from).map(({ part }) => part);
  return [...new Set([...hit, ...down])].toSorted(byKind);
}
/** Single parts first, then the links between them. */
const byKind = (a: string, b: string) =>
  Number(a.includes('-')) - Number(b.includes('-')) || a.localeCompare(b);

type Scale = (value: number) => number;

function ordersArea({ moments }: Timeline, x: Scale): string {
  const most = Math.max(1, ...moments.map((it) => it.open + it.paid + it.ended));
  const y = (orders: number) => AREA_TOP + AREA_HEIGHT * (1 - orders / most);
  const thin = moments.filter(
    (_, index) => index % Math.ceil(moments.length / 1500) === 0 || index === moments.length - 1,
  );
  const layer = (
    name: string,
    from: (m: (typeof thin)[number]) => number,
    to: (m: (typeof thin)[number]) => number,
  ) => {
    const upper = thin.map((it) => `${x(it.at).toFixed(1)},${y(to(it)).toFixed(1)}`);
    const lower = thin.toReversed().map((it) => `${x(it.at).toFixed(1)},${y(from(it)).toFixed(1)}`);
    return `<polygon class="${name}" points="${[...upper, ...lower].join(' ')}"/>`;
  };
  const ticks = [0, Math.round(most / 2), most].map(
    (orders) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(orders)}" y2="${y(orders)}"/>` +
      `<text class="tick" x="${LEFT - 8}" y="${y(orders) + 4}" text-anchor="end">${orders}</text>`,
  );
  return [
    ...ticks,
    layer(
      'paid',
      () => 0,
      (it) => it.paid,
    ),
    layer(
      'ended',
      (it) => it.paid,
      (it) => it.paid + it.ended,
    ),
    layer(
      'open',
      (it) => it.paid + it.ended,
      (it) => it.paid + it.ended + it.open,
    ),
  ].join('\n');
}

function partRow(name: string, { y, x, timeline }: { y: number; x: Scale; timeline: Timeline }): string {
  const outages = timeline.outages
    .filter(({ part, from, to }) => part === name && to > from)
    .map((it) => bar('outage', { ...it, y, x, text: `${name} was down for ${seconds(it.to - it.from)}` }));
  const faults = timeline.faults
    .filter((it) => rowOf(it.name, it.target) === name)
    .map((it) => bar('fault', { ...it, y, x, text: faultText(it) }));
  return [
    `<text class="tick" x="${LEFT - 8}" y="${y + 12}" text-anchor="end">${escapeMarkup(name)}</text>`,
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y + ROW - 1}" y2="${y + ROW - 1}"/>`,
    ...outages,
    ...faults,
  ].join('\n');
}

const faultText = ({ number, name, target, from, to, note }: Timeline['faults'][number]) =>
  `${number}. ${name} ${target}, ${seconds(to - from)}${note === undefined ? '' : ` – ${note}`}`;

function bar(
  kind: 'fault' | 'outage',
  { from, to, y, x, text }: { from: number; to: number; y: number; x: Scale; text: string },
): string {
  const width = Math.max(kind === 'fault' ? 4 : 1, x(to) - x(from));
  const [top, height] = kind === 'fault' ? [y + 3, ROW - 7] : [y + 1, ROW - 3];
  return `<rect class="${kind}" x="${x(from).toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${height}" rx="2"><title>${escapeMarkup(text)}</title></rect>`;
}

const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];

function timeAxis({
  began,
  end,
  x,
  bottom,
}: {
  began: number;
  end: number;
  x: Scale;
  bottom: number;
}): string {
  const wholeSeconds = (end - began) / 1000;
  const step = steps.find((it) => wholeSeconds / it <= 12) ?? 7200;
  const ticks: string[] = [];
  for (let at = 0; at <= wholeSeconds; at += step) {
    const place = x(began + at * 1000).toFixed(1);
    ticks.push(`<line class="grid" x1="${place}" x2="${place}" y1="${AREA_TOP}" y2="${bottom}"/>`);
    ticks.push(`<text class="tick" x="${place}" y="${bottom + 16}" text-anchor="middle">${at} s</text>`);
  }
  return ticks.join('\n');
}

function lastFault({ faults }: Timeline, x: Scale, bottom: number): string {
  if (faults.length === 0) return '';
  const at = x(Math.max(...faults.map(({ to }) => to))).toFixed(1);
  return (
    `<line class="last" x1="${at}" x2="${at}" y1="${AREA_TOP - 4}" y2="${bottom}"/>` +
    `<text class="tick" x="${at}" y="${AREA_TOP - 10}" text-anchor="middle">last fault ends</text>`
  );
}
