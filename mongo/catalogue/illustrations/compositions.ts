import type { Collection } from './collection.ts';
import { across, dark, down, glow, light } from './paint.ts';
import { blossom, leaf } from './plants.ts';
import { type Category, fullStage, shadow } from './scene.ts';
import { box, clipped, disc, group, line, move, oval, path, polygon, svg } from './shapes.ts';
import { mouth, turned } from './vessels.ts';
import { grain, woods } from './wood.ts';

export type Shop = Readonly<Record<Category, Collection>>;
type Placing = readonly [handle: string, x: number, ground: number, scale: number, colour?: string];

const place = (collection: Collection, [handle, x, ground, scale, wanted]: Placing) => {
  const drawing = collection[handle];
  if (!drawing) throw new Error(`No drawing ${handle}`);
  const colour = drawing.colours?.[wanted ?? Object.keys(drawing.colours)[0] ?? ''] ?? '#888888';
  return move([x - 400 * scale, ground - 640 * scale], scale, drawing.draw(colour));
};

const groups: Record<Category, readonly Placing[]> = {
  kitchen: [
    ['pour-over-coffee-set', 610, 632, 0.72],
    ['ember-teapot', 270, 650, 0.82],
    ['tide-mug', 520, 720, 0.56],
  ],
  home: [
    ['larch-table-lamp', 270, 640, 0.92],
    ['pebble-vase', 570, 650, 0.72, 'ink'],
    ['dune-wool-throw', 430, 730, 0.5],
  ],
  desk: [
    ['angle-desk-lamp', 330, 640, 0.92],
    ['perpetual-calendar', 590, 660, 0.5],
    ['field-notebook', 400, 736, 0.46],
  ],
  garden: [
    ['long-tom-pot', 580, 640, 0.86],
    ['long-spout-watering-can', 250, 650, 0.76],
    ['jute-twine', 420, 730, 0.46],
  ],
  travel: [
    ['rambler-backpack', 290, 640, 0.94],
    ['ferry-weekender', 560, 690, 0.6],
    ['rill-bottle', 180, 724, 0.44, 'coral'],
  ],
  wear: [
    ['harbour-jumper', 300, 640, 0.86],
    ['watch-cap', 600, 650, 0.6],
    ['saddle-belt', 480, 736, 0.4],
  ],
  care: [
    ['bath-towel', 260, 640, 0.76],
    ['lavender-pillow-mist', 530, 650, 0.8],
    ['sea-salt-soap', 320, 742, 0.5],
  ],
  play: [
    ['stacking-lighthouse', 250, 640, 0.84],
    ['dune-kite', 590, 560, 0.62],
    ['branch-line-train', 470, 730, 0.6],
  ],
};

export const drawCategory = (shop: Shop, category: Category) =>
  svg(
    800,
    800,
    fullStage(category, groups[category].map((placing) => place(shop[category], placing)).join('')),
  );

const view = () => {
  const opening = 'M980 620V330a250 250 0 0 1 500 0V620Z';
  return (
    path('M958 620V330a272 272 0 0 1 544 0V620Z', '#fffaf0') +
    clipped(
      'view',
      opening,
      box([960, 60, 560, 580], 0, down('#bfdde2', '#fdebc8')),
      disc(1330, 300, 70, '#fff3cf'),
      oval(1330, 300, 200, 190, glow('#fff3cf')),
      path('M960 470C1060 410 1120 450 1200 430S1400 380 1500 420V520H960Z', '#a9c3b4'),
      path('M960 500H1500V640H960Z', down('#7fb2bd', '#a9cdcb')),
      line('M1010 540h70M1150 524h50M1280 552h90M1400 530h60M1100 580h80M1240 600h60', '#ffffff', 4, {
        opacity: 0.6,
      }),
      polygon(
        [
          [1092, 508],
          [1100, 420],
          [1120, 420],
          [1128, 508],
        ],
        '#fffaf0',
      ),
      box([1097, 450, 26, 18], 0, '#cf5a43'),
      polygon(
        [
          [1096, 420],
          [1110, 396],
          [1124, 420],
        ],
        '#cf5a43',
      ),
      path('M1050 520C1070 496 1150 496 1180 520Z', '#6f8f78'),
      path('M1240 536h64l-14 20h-36Z', '#b4532f'),
      polygon(
        [
          [1270, 472],
          [1270, 532],
          [1310, 532],
        ],
        '#fffaf0',
      ),
    ) +
    line('M1230 82V618M982 360H1478', '#fffaf0', 12) +
    box([938, 612, 584, 24], 8, across('#fffaf0', '#e8d5bd'))
  );
};

const sunlight = () =>
  group(
    { opacity: 0.4 },
    ...[0, 1].flatMap((column) =>
      [0, 1].map((row) => {
        const [x, y] = [210 + column * 215, 150 + row * 235 - column * 42];
        return polygon(
          [
            [x, y + 44],
            [x + 190, y],
            [x + 190, y + 205],
            [x, y + 249],
          ],
          '#fff6e4',
        );
      }),
    ),
  );

const sideboard = () =>
  box([0, 690, 1600, 210], 0, down(light(woods.oak, 0.1), dark(woods.oak, 0.2))) +
  grain([0, 700, 1600, 190], woods.oak, 9) +
  box([0, 684, 1600, 20], 0, down(light(woods.oak, 0.55), light(woods.oak, 0.2)));

const bouquet = () =>
  [
    [860, 560, 34, '#d9776a'],
    [905, 528, 28, '#efc069'],
    [822, 532, 26, '#e7a99b'],
  ]
    .map(
      ([x, y, r, colour]) =>
        line(`M${x} ${y}Q862 640 862 690`, '#6f8f63', 5) +
        blossom([Number(x), Number(y)], Number(r), String(colour), 9),
    )
    .join('') +
  leaf([880, 640], 70, 38, '#86a377') +
  leaf([846, 640], 66, -36, '#7a986c') +
  shadow(862, 770, 80) +
  turned(
    862,
    [
      [652, 40],
      [672, 32],
      [710, 62],
      [750, 60],
      [768, 42],
    ],
    '#4f8ba6',
  ) +
  mouth(862, 652, 40, '#4f8ba6');

export const drawHero = (shop: Shop) =>
  svg(
    1600,
    900,
    [
      box([0, 0, 1600, 900], 0, across('#f8e6d3', '#eecdb6')),
      box([0, 0, 1600, 900], 0, down('#fff4e4', '#f0cfb6'), { opacity: 0.45 }),
      sunlight(),
      view(),
      sideboard(),
      place(shop.home, ['larch-table-lamp', 1450, 764, 0.86]),
      place(shop.garden, ['long-tom-pot', 1262, 740, 0.6]),
      bouquet(),
      place(shop.kitchen, ['ember-teapot', 1060, 790, 0.56]),
      place(shop.kitchen, ['tide-mug', 1228, 830, 0.36]),
    ].join(''),
  );

export const drawLogo = () =>
  svg(
    64,
    64,
    box([2, 2, 60, 60], 16, down('#c8633c', '#a54527')) +
      line('M24 22v-3a8 8 0 0 1 16 0v3', '#fff4e4', 4) +
      path('M14 22H50L48.6 30H15.4Z', '#fff4e4') +
      path('M16 33.5H48L46.8 41.5H17.2Z', '#f7cf9f') +
      path('M17.8 45H46.2L45 51a3 3 0 0 1-3 2.5H22a3 3 0 0 1-3-2.5Z', '#eead78'),
  );
