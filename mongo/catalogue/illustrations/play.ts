import { book } from './books.ts';
import { chess } from './chess.ts';
import type { Collection } from './collection.ts';
import { across, ball, dark, down, glow, light, round } from './paint.ts';
import { puzzle } from './puzzle.ts';
import { shadow } from './scene.ts';
import { box, disc, group, line, move, oval, path, polygon, repeat, turn } from './shapes.ts';
import { lid, turned } from './vessels.ts';
import { bar, grain, woods } from './wood.ts';

const red = '#cf5a43';
const cream = '#f3e6cc';
const sea = '#4f86a0';

const ring = (y: number, r: number, colour: string) =>
  turned(
    400,
    [
      [y, r - 7],
      [y + 8, r],
      [y + 42, r + 3],
      [y + 50, r - 4],
    ],
    colour,
  ) + lid(400, y, r - 7, colour);

const lighthouse = () =>
  shadow(400, 640, 190) +
  path(
    'M214 640C206 590 240 560 290 560H510C560 560 594 590 586 640Q400 660 214 640Z',
    across(light(sea, 0.2), dark(sea, 0.25)),
  ) +
  path('M240 600q20-16 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0', 'none', {
    stroke: light(sea, 0.5),
    'stroke-width': 6,
    opacity: 0.8,
  }) +
  oval(400, 562, 118, 17, light(sea, 0.3)) +
  [...Array(7).keys()].map((i) => ring(512 - i * 44, 108 - i * 8, i % 2 ? cream : red)).join('') +
  turned(
    400,
    [
      [226, 62],
      [244, 64],
    ],
    woods.beech,
  ) +
  lid(400, 226, 62, woods.beech) +
  oval(400, 186, 130, 110, glow('#ffe48e')) +
  turned(
    400,
    [
      [158, 34],
      [222, 40],
    ],
    '#f5c84f',
  ) +
  line('M372 160V222M400 164V228M428 160V222', '#a87a24', 4, { opacity: 0.6 }) +
  path('M348 160Q400 184 452 160L412 100Q400 88 388 100Z', round(red)) +
  disc(400, 92, 13, ball(woods.beech)) +
  grain([240, 610, 320, 28], sea, 2);

const top = (
  x: number,
  y: number,
  size: number,
  tilt: number,
  colours: readonly [string, string, string],
) => {
  const [outer, middle, inner] = colours;
  return (
    shadow(x, y, size * 0.7) +
    turn(
      tilt,
      [x, y],
      move(
        [x, y],
        size / 100,
        turned(
          0,
          [
            [-108, 100],
            [-92, 102],
            [-60, 66],
            [-26, 22],
            [0, 4],
          ],
          outer,
          0.22,
        ),
        turned(
          0,
          [
            [-58, 64],
            [-26, 22],
            [0, 4],
          ],
          light(woods.beech, 0.1),
          0.22,
        ),
        oval(0, -108, 100, 23, light(outer, 0.15)),
        oval(0, -109, 76, 17, middle),
        oval(0, -110, 50, 11, inner),
        oval(0, -111, 24, 6, cream),
        turned(
          0,
          [
            [-176, 9],
            [-168, 11],
            [-112, 8],
          ],
          woods.beech,
        ),
      ),
    )
  );
};

const tops = () =>
  shadow(400, 620, 300, 60) +
  oval(400, 600, 310, 84, dark(woods.beech, 0.2)) +
  oval(400, 588, 310, 84, across(light(woods.beech, 0.3), woods.beech)) +
  oval(400, 592, 270, 66, across(dark(woods.beech, 0.08), light(woods.beech, 0.15))) +
  top(250, 570, 62, -16, ['#5f8a6d', '#f0c85c', red]) +
  top(548, 566, 70, 14, ['#7b5a83', '#e9a3a0', '#f0c85c']) +
  top(396, 612, 128, -7, [red, '#f0c85c', sea]) +
  line('M236 420a190 40 0 0 1 60-30M560 436a190 40 0 0 0-50-36', '#ffffff', 7, { opacity: 0.7 });

const kite = () =>
  [
    [120, 180, 60],
    [640, 540, 70],
    [600, 130, 46],
  ]
    .map(([x = 0, y = 0, r = 0]) =>
      group(
        { opacity: 0.85 },
        oval(x, y, r * 1.5, r * 0.45, '#ffffff'),
        disc(x - r * 0.3, y - r * 0.3, r * 0.5, '#ffffff'),
        disc(x + r * 0.4, y - r * 0.2, r * 0.4, '#ffffff'),
      ),
    )
    .join('') +
  turn(
    22,
    [420, 330],
    line('M420 560C380 600 470 640 430 690', '#5a4a3c', 4),
    [
      [414, 590, 20, red],
      [444, 636, -20, sea],
      [432, 682, 24, '#5f8a6d'],
    ]
      .map(([x, y, a, c]) =>
        turn(Number(a), [Number(x), Number(y)], path(`M${x} ${y}l-34-18v36ZM${x} ${y}l34-18v36Z`, String(c))),
      )
      .join(''),
    polygon(
      [
        [420, 110],
        [420, 320],
        [250, 320],
      ],
      across(light(red, 0.2), red),
    ),
    polygon(
      [
        [420, 110],
        [420, 320],
        [590, 320],
      ],
      across('#efbc4f', '#d99a2e'),
    ),
    polygon(
      [
        [420, 560],
        [420, 320],
        [250, 320],
      ],
      across('#7cae9a', '#5f8a6d'),
    ),
    polygon(
      [
        [420, 560],
        [420, 320],
        [590, 320],
      ],
      across(sea, dark(sea, 0.25)),
    ),
    line('M420 110V560M250 320H590', woods.walnut, 6),
    line('M420 110L590 320 420 560 250 320Z', cream, 5),
    disc(420, 320, 11, ball(woods.beech)),
  ) +
  line('M430 320C380 460 250 470 210 640', '#ffffff', 3) +
  bar([176, 630, 74, 20], 9, woods.beech);

const wheel = (x: number, y: number, r: number) =>
  disc(x, y, r, ball('#4a4450')) + disc(x, y, r * 0.62, ball(woods.beech)) + disc(x, y, r * 0.18, '#4a4450');

const train = () =>
  shadow(400, 634, 330, 34) +
  box([60, 628, 690, 16], 8, round(woods.beech)) +
  line('M70 632H740', light(woods.beech, 0.5), 3) +
  line('M246 574H290M468 574H510', '#5a5560', 12) +
  disc(268, 574, 11, ball('#b9c0c6')) +
  disc(489, 574, 11, ball('#b9c0c6')) +
  bar([70, 552, 180, 40], 8, woods.beech) +
  grain([74, 556, 172, 32], woods.beech, 3) +
  [
    [112, 520],
    [160, 520],
    [208, 520],
    [136, 480],
    [184, 480],
  ]
    .map(
      ([x = 0, y = 0]) =>
        disc(x, y, 27, ball('#8a5f42')) +
        disc(x, y, 20, '#e2c39a') +
        disc(x, y, 12, 'none', { stroke: '#b98d5e', 'stroke-width': 3 }),
    )
    .join('') +
  bar([286, 446, 184, 146], 14, red) +
  box([272, 426, 212, 28], 12, across(light(cream, 0.2), dark(cream, 0.15))) +
  [306, 362, 418].map((x) => box([x, 474, 38, 52], 8, '#f7e3b0')).join('') +
  line('M290 552H466', cream, 7) +
  bar([506, 552, 226, 40], 8, dark('#5f8a6d', 0.15)) +
  box([510, 414, 96, 150], 10, across(light('#5f8a6d', 0.25), '#5f8a6d')) +
  box([532, 440, 52, 56], 8, '#f7e3b0') +
  box([496, 394, 124, 26], 12, round(red)) +
  path('M600 476H706q24 0 24 26v34q0 28-24 28H600Z', down(light('#5f8a6d', 0.35), dark('#5f8a6d', 0.2))) +
  line('M640 478V562M680 478V562', '#f0c85c', 7) +
  path('M650 478L642 412H694L684 478Z', round('#4a4450')) +
  box([632, 398, 72, 18], 8, round('#5a5560')) +
  disc(724, 520, 14, ball('#f6cf6a')) +
  [
    [112, 602, 30],
    [208, 602, 30],
    [328, 602, 30],
    [428, 602, 30],
    [556, 594, 38],
    [670, 602, 30],
  ]
    .map(([x = 0, y = 0, r = 0]) => wheel(x, y, r))
    .join('') +
  [
    [690, 350, 24],
    [720, 304, 32],
    [700, 244, 40],
  ]
    .map(([x = 0, y = 0, r = 0]) => disc(x, y, r, '#ffffff', { opacity: 0.72 }))
    .join('');

const weatherBook = () =>
  shadow(420, 630, 200) +
  book(
    '#5b97bd',
    disc(486, 312, 58, '#f6c64f') +
      repeat(12, (i) => turn(i * 30, [486, 312], line('M486 236v-22', '#f6c64f', 9))) +
      group(
        {},
        disc(380, 396, 48, '#ffffff'),
        disc(440, 376, 62, '#ffffff'),
        disc(500, 404, 44, '#f2f6f8'),
        box([334, 396, 210, 52], 26, '#fdfefe'),
      ) +
      line(
        repeat(7, (i) => `M${356 + i * 28} ${474 + (i % 2) * 18}l-12 34`),
        '#d6ecf5',
        9,
      ) +
      path('M282 560Q360 520 430 552T570 540V600H282Z', '#6fa36b') +
      line('M326 226H400M326 244H376', '#e8f3f8', 7),
  );

export const play: Collection = {
  'stacking-lighthouse': { draw: lighthouse },
  'spinning-tops': { draw: tops },
  'night-harbour-puzzle': { draw: puzzle },
  'dune-kite': { draw: kite },
  'branch-line-train': { draw: () => move([38, 58], 0.91, train()) },
  'travel-chess': { draw: () => move([44, 62], 0.89, chess()) },
  'weather-for-beginners': { draw: weatherBook },
};
