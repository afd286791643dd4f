import { definitions } from './paint.ts';

export type Point = readonly [x: number, y: number];
type Attributes = Readonly<Record<string, string | number>>;

const tidy = (value: number) => String(Math.round(value * 10) / 10);
const tidyText = (text: string) => text.replace(/-?\d+\.\d+/g, (digits) => tidy(Number(digits)));

const element = (name: string, attributes: Attributes) => {
  const list = Object.entries(attributes).map(
    ([key, value]) => `${key}="${typeof value === 'number' ? Math.round(value * 100) / 100 : value}"`,
  );
  return `<${name} ${list.join(' ')}/>`;
};

export const path = (d: string, fill: string, more: Attributes = {}) =>
  element('path', { d: tidyText(d), fill, ...more });
export const line = (d: string, stroke: string, width = 4, more: Attributes = {}) =>
  element('path', {
    d: tidyText(d),
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });
export const oval = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}) =>
  element('ellipse', { cx, cy, rx, ry, fill, ...more });
export const disc = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}) =>
  element('circle', { cx, cy, r, fill, ...more });
export const box = (
  [x, y, width, height]: readonly [number, number, number, number],
  rx: number,
  fill: string,
  more: Attributes = {},
) => element('rect', { x, y, width, height, rx, fill, ...more });
export const polygon = (points: readonly Point[], fill: string, more: Attributes = {}) =>
  element('polygon', { points: points.map(([x, y]) => `${tidy(x)},${tidy(y)}`).join(' '), fill, ...more });

export const group = (attributes: Attributes, ...parts: string[]) => {
  const list = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  return `<g ${list.join(' ')}>${parts.join('')}</g>`;
};
export const turn = (degrees: number, [x, y]: Point, ...parts: string[]) =>
  group({ transform: `rotate(${tidy(degrees)} ${tidy(x)} ${tidy(y)})` }, ...parts);
export const move = ([x, y]: Point, scale: number, ...parts: string[]) =>
  group(
    { transform: `translate(${tidy(x)} ${tidy(y)}) scale(${Math.round(scale * 1000) / 1000})` },
    ...parts,
  );

/** `count` parts, each made from its index. */
export const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

/** The part of a drawing inside an outline. The name must be unique in the drawing. */
export const clipped = (name: string, outline: string, ...parts: string[]) =>
  `<clipPath id="${name}">${path(outline, '#000')}</clipPath>${group({ 'clip-path': `url(#${name})` }, ...parts)}`;

const withoutClips = (drawing: string) => drawing.replace(/clip-path="url\(#[^)]+\)"/g, '');

export const svg = (width: number, height: number, drawing: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><defs>${definitions(
    withoutClips(drawing),
  )}</defs>${drawing}</svg>\n`;
