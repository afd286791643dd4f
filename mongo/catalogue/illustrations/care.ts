import { foldedStack } from './cloth.ts';
import type { Collection } from './collection.ts';
import { across, dark, down, light, round } from './paint.ts';
import { blossom, leaf, needles, spike } from './plants.ts';
import { shadow } from './scene.ts';
import { box, disc, line, move, oval, type Point, path, polygon, repeat, turn } from './shapes.ts';
import { razor } from './shaving.ts';
import { gleam, type Profile, turned } from './vessels.ts';
import { grain, woods } from './wood.ts';

const bubble = (x: number, y: number, r: number) =>
  disc(x, y, r, '#ffffff', { opacity: 0.5 }) +
  disc(x, y, r, 'none', { stroke: '#ffffff', 'stroke-width': 3, opacity: 0.9 }) +
  oval(x - r * 0.35, y - r * 0.4, r * 0.26, r * 0.16, '#ffffff', {
    transform: `rotate(-35 ${x - r * 0.35} ${y - r * 0.4})`,
  });

const soapBar = (x: number, y: number, w: number, colour: string) =>
  polygon(
    [
      [x + w, y],
      [x + w + 44, y - 42],
      [x + w + 44, y + 52],
      [x + w, y + 100],
    ],
    dark(colour, 0.22),
  ) +
  polygon(
    [
      [x, y],
      [x + 44, y - 42],
      [x + w + 44, y - 42],
      [x + w, y],
    ],
    light(colour, 0.5),
  ) +
  polygon(
    [
      [x + 40, y - 10],
      [x + 64, y - 32],
      [x + w + 4, y - 32],
      [x + w - 20, y - 10],
    ],
    light(colour, 0.25),
  ) +
  box([x, y, w, 100], 8, across(light(colour, 0.2), dark(colour, 0.05))) +
  line(
    repeat(12, (i) => `M${x + 24 + ((i * 71) % (w - 48))} ${y + 20 + ((i * 37) % 62)}h4`),
    dark(colour, 0.35),
    5,
    { opacity: 0.4 },
  );

const soap = () =>
  shadow(400, 640, 250) +
  polygon(
    [
      [150, 618],
      [210, 560],
      [660, 560],
      [620, 618],
    ],
    light(woods.beech, 0.2),
  ) +
  box([150, 616, 470, 24], 6, round(woods.beech)) +
  line('M262 600L300 566M372 606L404 562M482 606L508 562', dark(woods.beech, 0.35), 7) +
  soapBar(222, 486, 290, '#d9cdb4') +
  turn(-5, [380, 400], soapBar(250, 352, 250, '#a9c0a4')) +
  needles([588, 634], 210, 24, '#7a9a78') +
  needles([600, 634], 150, 52, '#8cab86') +
  [
    [188, 470, 34],
    [226, 420, 20],
    [150, 410, 16],
    [556, 280, 26],
    [610, 330, 15],
    [250, 270, 22],
    [208, 320, 12],
  ]
    .map(([x = 0, y = 0, r = 0]) => bubble(x, y, r))
    .join('');

const balm = () =>
  turn(
    18,
    [560, 520],
    disc(566, 496, 132, across('#eef1f1', '#9aa4a8')),
    disc(566, 496, 116, across('#c3cbcd', '#e4e8e9')),
    disc(566, 496, 82, '#e7b24a', { opacity: 0.9 }),
    blossom([566, 496], 66, '#fdf0d0', 11, '#c4553a'),
  ) +
  shadow(350, 640, 210) +
  path('M166 520V600C166 660 534 660 534 600V520Z', round('#cdd4d6')) +
  line('M168 588C190 640 510 640 532 588', '#98a3a7', 3) +
  oval(350, 520, 184, 62, '#eef2f2') +
  oval(350, 522, 168, 54, '#9aa5a9') +
  oval(350, 528, 166, 49, across('#f8e5a8', '#e2bd66')) +
  path('M260 520c40-26 120-24 150 2 10 18-40 4-70 16s-90 6-80-18Z', '#fdf3cb', { opacity: 0.9 }) +
  path('M262 522c40-10 110-12 148 2 6 14-40 6-70 16s-84 2-78-18Z', '#d9ad55', { opacity: 0.4 }) +
  move([200, 640], 0.62, blossom([0, 0], 100, '#ec9a3a', 13, '#a8562a')) +
  leaf([252, 660], 90, 74, '#86a377') +
  leaf([160, 660], 70, -70, '#6f8f63');

const towels = (colour: string) => {
  const sheets = [colour, light(colour, 0.3), dark(colour, 0.1)];
  return (
    shadow(400, 638, 250) +
    sheets.map((sheet, i) => foldedStack([180 - i * 2, 526 - i * 108, 440, 110], 2, sheet)).join('') +
    sheets
      .map((sheet, i) =>
        line(
          repeat(15, (n) => `M${238 + n * 25} ${530 - i * 108}v100`) +
            repeat(3, (n) => `M232 ${552 - i * 108 + n * 26}H610`),
          dark(sheet, 0.28),
          2.5,
          { opacity: 0.32 },
        ),
      )
      .join('') +
    line('M606 360q46 8 44 60t-44 40', dark(colour, 0.35), 8) +
    turn(
      -8,
      [470, 290],
      box([330, 250, 200, 56], 10, down('#f7edd6', '#e0cfa9')),
      line('M352 266H508', '#ffffff', 6, { opacity: 0.7 }),
      oval(430, 284, 46, 11, '#d3be90', { opacity: 0.6 }),
    )
  );
};

const bristles = [...Array(63).keys()]
  .map(
    (i): Point => [
      400 + ((i % 7) - 3) * 27 + (Math.floor(i / 7) % 2) * 13 - 6,
      256 + (Math.floor(i / 7) - 4) * 31,
    ],
  )
  .filter(([x, y]) => ((x - 400) / 92) ** 2 + ((y - 256) / 140) ** 2 < 1);

const hairbrush = () =>
  turn(
    34,
    [400, 400],
    path('M372 430C360 520 352 600 366 668Q400 704 434 668C448 600 440 520 428 430Z', '#3a2540', {
      opacity: 0.14,
      transform: 'translate(16 14)',
    }),
    oval(416, 274, 132, 184, '#3a2540', { opacity: 0.14 }),
    path('M370 420C364 520 352 600 366 668Q400 704 434 668C448 600 436 520 430 420Z', round(woods.beech)),
    oval(400, 260, 132, 186, across(light(woods.beech, 0.3), dark(woods.beech, 0.2))),
    grain([376, 460, 48, 190], woods.beech, 4),
    oval(400, 256, 104, 152, across('#c9695a', '#8f3f38')),
    oval(400, 256, 104, 152, 'none', { stroke: '#7a332d', 'stroke-width': 4, opacity: 0.5 }),
    line(bristles.map(([x, y]) => `M${x} ${y}l-7-15`).join(''), '#33241f', 6),
    line(bristles.map(([x, y]) => `M${x - 8} ${y - 17}h.1`).join(''), '#e9d3b0', 8),
    disc(400, 646, 9, dark(woods.beech, 0.5)),
    line('M290 200C300 140 330 104 366 92', '#ffffff', 8, { opacity: 0.5 }),
  );

const mist = () => {
  const amber = '#a9602a';
  const body: Profile = [
    [330, 34],
    [346, 40],
    [380, 90],
    [420, 98],
    [610, 98],
    [632, 88],
  ];
  return (
    shadow(390, 640, 150) +
    repeat(3, (i) =>
      spike(
        [556 + i * 18, 646],
        330 - i * 44,
        12 + i * 12,
        ['#8d7bb5', '#a08ec6', '#7c6aa6'][i] ?? '#8d7bb5',
      ),
    ) +
    turned(370, body, amber) +
    turned(
      370,
      [
        [600, 94],
        [632, 86],
      ],
      dark(amber, 0.25),
    ) +
    path('M272 440Q370 462 468 440V566Q370 588 272 566Z', across('#fffaf0', '#eadfce')) +
    spike([370, 566], 118, 0, '#8d7bb5') +
    spike([352, 566], 96, -20, '#a08ec6') +
    spike([388, 566], 96, 20, '#7c6aa6') +
    turned(
      370,
      [
        [290, 38],
        [332, 38],
      ],
      '#2f2b33',
    ) +
    box([356, 252, 28, 40], 4, round('#45404a')) +
    path('M326 206H406Q420 206 420 222V256H326Z', across('#55505b', '#232027')) +
    box([312, 222, 18, 14], 3, '#2f2b33') +
    line(
      repeat(12, (i) => {
        const away = (i * 23) % 130;
        return `M${286 - away} ${226 + ((((i * 37) % 60) - 30) * away) / 90}h.1`;
      }),
      '#ffffff',
      8,
      { opacity: 0.85 },
    ) +
    gleam('M292 420v180', 12, 0.4)
  );
};

export const care: Collection = {
  'sea-salt-soap': { draw: soap },
  'hand-balm': { draw: balm },
  'bath-towel': { colours: { sage: '#9fb59a', chalk: '#e9e4d8', terracotta: '#cc8262' }, draw: towels },
  'beech-hairbrush': { draw: hairbrush },
  'safety-razor': { draw: razor },
  'lavender-pillow-mist': { draw: mist },
};
