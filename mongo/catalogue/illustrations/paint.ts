const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** A colour between two `#rrggbb`; 0 is the first, 1 the second. */
const mix = (from: string, to: string, share: number) => {
  const end = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((end[i] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

export const light = (colour: string, share = 0.25) => mix(colour, '#fffaf0', share);
export const dark = (colour: string, share = 0.25) => mix(colour, '#2a1f33', share);

const reference = (kind: string, ...colours: string[]) =>
  `url(#${[kind, ...colours.map((colour) => colour.slice(1))].join('-')})`;

/** Paints that carry their own definition in their name; `definitions` writes out those a drawing uses. */
export const across = (from: string, to: string) => reference('a', from, to);
export const down = (from: string, to: string) => reference('d', from, to);
export const round = (colour: string) => reference('r', colour);
export const ball = (colour: string) => reference('b', colour);
export const glow = (colour: string) => reference('g', colour);
export const fade = (colour: string) => reference('f', colour);

type Stop = readonly [offset: number, colour: string, opacity?: number];

const stops = (list: readonly Stop[]) =>
  list
    .map(([offset, colour, opacity]) => {
      const transparency = opacity === undefined ? '' : ` stop-opacity="${opacity}"`;
      return `<stop offset="${offset}" stop-color="${colour}"${transparency}/>`;
    })
    .join('');

const linear = (id: string, direction: string, list: readonly Stop[]) =>
  `<linearGradient id="${id}" ${direction}>${stops(list)}</linearGradient>`;
const radial = (id: string, shape: string, list: readonly Stop[]) =>
  `<radialGradient id="${id}" ${shape}>${stops(list)}</radialGradient>`;

const toRight = 'x2="1" y2="0"';
const toBottom = 'x2="0" y2="1"';

const cylinder = (colour: string): Stop[] => [
  [0, light(colour, 0.1)],
  [0.22, light(colour, 0.3)],
  [0.55, colour],
  [0.88, dark(colour, 0.26)],
  [1, dark(colour, 0.18)],
];

const define = (id: string) => {
  const [kind = '', ...codes] = id.split('-');
  const [first = '#000000', second = first] = codes.map((code) => `#${code}`);
  switch (kind) {
    case 'a':
      return linear(id, toRight, [
        [0, first],
        [1, second],
      ]);
    case 'd':
      return linear(id, toBottom, [
        [0, first],
        [1, second],
      ]);
    case 'f':
      return linear(id, toBottom, [
        [0, first, 0.75],
        [1, first, 0],
      ]);
    case 'r':
      return linear(id, toRight, cylinder(first));
    case 'b':
      return radial(id, 'cx=".36" cy=".3" r=".75"', [
        [0, light(first, 0.4)],
        [0.5, first],
        [1, dark(first, 0.3)],
      ]);
    default:
      return radial(id, '', [
        [0, first, 0.85],
        [0.5, first, 0.35],
        [1, first, 0],
      ]);
  }
};

export const definitions = (drawing: string) => {
  const ids = new Set(Array.from(drawing.matchAll(/url\(#([^)]+)\)/g), ([, id = '']) => id));
  return [...ids].sort().map(define).join('');
};
