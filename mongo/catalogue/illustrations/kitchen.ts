import { book } from './books.ts';
import type { Collection } from './collection.ts';
import { across, ball, dark, down, light, round } from './paint.ts';
import { leaf, sprig } from './plants.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, move, oval, path, polygon, repeat, turn } from './shapes.ts';
import { gleam, mouth, outlineOf, type Profile, steam, turned } from './vessels.ts';
import { grain, plank, woods } from './wood.ts';

const clay = '#d9b48f';

const mug = (colour: string) => {
  const body: Profile = [
    [330, 132],
    [400, 140],
    [500, 138],
    [580, 126],
    [624, 104],
  ];
  const foot = clipped(
    'dip',
    outlineOf(380, body),
    path('M230 572C300 600 460 556 540 586V660H230Z', round(clay)),
  );
  return (
    shadow(390, 636, 170) +
    line('M508 392c96-22 120 150-12 146', dark(colour, 0.2), 34) +
    line('M508 386c88-20 108 136-10 138', light(colour, 0.12), 12, { opacity: 0.6 }) +
    turned(380, body, colour) +
    foot +
    mouth(380, 330, 132, colour, '#f4ece0') +
    oval(380, 337, 112, 13, '#5a3826') +
    gleam('M276 372c-8 60-2 116 14 160', 15) +
    steam(380, 300)
  );
};

const teapot = (colour: string) =>
  shadow(400, 636, 210) +
  line('M282 372C270 190 530 190 518 372', woods.cherry, 22) +
  line('M284 362C276 206 524 206 516 362', '#e0b184', 7, { 'stroke-dasharray': '9 8' }) +
  path(
    'M540 500C610 500 606 412 668 388L690 410C650 440 664 570 540 570Z',
    across(colour, dark(colour, 0.3)),
  ) +
  oval(679, 399, 17, 9, dark(colour, 0.5), { transform: 'rotate(44 679 399)' }) +
  turned(
    400,
    [
      [380, 92],
      [412, 142],
      [480, 176],
      [560, 160],
      [622, 104],
    ],
    colour,
  ) +
  oval(400, 380, 92, 15, dark(colour, 0.3)) +
  turned(
    400,
    [
      [352, 34],
      [362, 66],
      [376, 86],
    ],
    light(colour, 0.08),
  ) +
  disc(400, 338, 20, ball(colour)) +
  path(
    'M226 520C300 548 500 548 574 520C566 545 560 556 552 566C480 584 320 584 248 566C240 556 234 545 226 520Z',
    light(colour, 0.3),
    { opacity: 0.3 },
  ) +
  gleam('M268 440c-22 40-18 84 2 116', 17, 0.34);

const bowls = () =>
  shadow(400, 636, 230) +
  (
    [
      [228, 250, 560, '#35617f'],
      [186, 366, 500, '#5489a3'],
      [146, 446, 440, '#8db6bf'],
      [106, 506, 386, '#d5e3da'],
    ] as const
  )
    .map(([r, , y, colour], i) => {
      const depth = 74 - i * 6;
      const body: Profile = [
        [y, r],
        [y + depth * 0.5, r * 0.86],
        [y + depth, r * 0.5],
      ];
      return (
        turned(400, body, colour) +
        mouth(400, y, r, colour) +
        gleam(`M${400 - r * 0.7} ${y + 24}q14 26 40 38`, 9, 0.35)
      );
    })
    .join('');

const board = () => {
  const shape = 'M270 250q0-34 34-34h192q34 0 34 34V596q0 34-34 34H304q-34 0-34-34Z';
  return (
    shadow(410, 638, 190) +
    turn(
      6,
      [400, 630],
      plank('board', shape, [270, 216, 260, 414], woods.oak),
      disc(400, 262, 19, dark(woods.oak, 0.55)),
      line('M400 256C372 190 384 150 402 150S432 190 402 258', '#7a4a32', 9),
    ) +
    sprig([590, 628], 170, -58, '#7d9a62', 6, 0.28) +
    sprig([556, 634], 120, -74, '#8caa70', 5, 0.28)
  );
};

const skillet = () => move([18, 90], 0.95, pan());

const pan = () =>
  shadow(390, 570, 250, 46) +
  path('M560 470L722 378c26-12 44 18 22 34L592 516Z', across('#4a474d', '#2c2a30')) +
  oval(722, 398, 9, 7, '#8b8480') +
  path('M166 470l-44-12q-8 28 26 46Z', '#3b383e') +
  path('M150 470C150 600 630 600 630 470Z', down('#47444b', '#211f25')) +
  oval(390, 470, 242, 104, across('#5a565e', '#3a373d')) +
  oval(390, 476, 222, 90, across('#28262b', '#3d3a41')) +
  path(
    'M250 470c-6-50 62-58 92-48 42-22 104-8 124 12 44 0 66 40 30 62 4 34-72 40-104 26-46 18-104 8-112-18-22-2-34-18-30-34Z',
    '#fbf6ea',
  ) +
  path(
    'M250 470c-2 22 12 32 30 34 8 26 66 36 112 18 32 14 108 8 104-26 14-8 20-20 18-32-30 46-216 56-264 6Z',
    '#e6dac2',
  ) +
  oval(384, 466, 50, 29, ball('#f0a42c')) +
  oval(366, 455, 15, 7, '#ffffff', { opacity: 0.75 }) +
  line('M176 430c30-40 90-62 150-68', '#ffffff', 5, { opacity: 0.28 });

const carafe = () => {
  const glass: Profile = [
    [196, 128],
    [300, 84],
    [382, 40],
    [420, 42],
    [490, 112],
    [580, 140],
    [628, 122],
  ];
  const outline = outlineOf(400, glass);
  return (
    shadow(400, 638, 170) +
    path(outline, '#ffffff', { opacity: 0.42 }) +
    clipped(
      'coffee',
      outline,
      box([240, 520, 320, 130], 0, across('#7a4526', '#452414')),
      oval(400, 520, 128, 16, '#9a6238'),
    ) +
    polygon(
      [
        [286, 176],
        [514, 176],
        [404, 372],
        [396, 372],
      ],
      across('#fffdf6', '#e3d6c0'),
    ) +
    oval(400, 176, 114, 15, '#f3e7d2') +
    oval(400, 180, 92, 10, '#6b3d22') +
    path(outline, 'none', { stroke: '#ffffff', 'stroke-width': 6, opacity: 0.75 }) +
    path('M338 356Q400 376 462 356L470 446Q400 468 330 446Z', round(woods.cherry)) +
    grain([342, 366, 116, 76], woods.cherry, 5) +
    line('M334 404Q400 424 466 404', '#5d3524', 9) +
    line('M400 418l-24 44M402 418l20 48', '#5d3524', 7) +
    disc(400, 416, 12, '#7a4a32') +
    gleam('M290 500c-20 40-20 76-8 104', 12, 0.6)
  );
};

const knife = () =>
  turn(
    -32,
    [400, 440],
    path('M340 420H726C700 500 570 524 340 520L120 500 100 440Z', '#5a3a3a', { opacity: 0.13 }),
  ) +
  turn(
    -32,
    [400, 440],
    path('M330 386H716C690 470 560 492 330 488Z', down('#f4f7f8', '#9fb0b8')),
    path('M330 470C540 478 660 452 716 386C690 470 560 492 330 488Z', '#ffffff', { opacity: 0.75 }),
    path('M330 392l-34 4v60l34 30Z', across('#7f8d94', '#b9c6cb')),
    path(
      'M298 394H120c-46 0-56 36-34 60 18 20 44 6 66 2 60-10 100-2 146 2Z',
      down(light(woods.walnut, 0.2), dark(woods.walnut, 0.2)),
    ),
    grain([90, 400, 200, 50], woods.walnut, 5),
    [136, 196, 256].map((x) => disc(x, 424, 9, ball('#d8b25c'))).join(''),
    line('M352 404H640', '#ffffff', 5, { opacity: 0.7 }),
  );

const oil = () => {
  const bottle: Profile = [
    [232, 28],
    [320, 30],
    [366, 56],
    [410, 86],
    [520, 88],
    [628, 86],
  ];
  return (
    shadow(390, 638, 140) +
    turned(380, bottle, '#4f6a35') +
    box([354, 196, 52, 44], 8, round('#c99b63')) +
    box([347, 236, 66, 20], 8, round('#3b5027')) +
    path('M294 424Q380 446 466 424V566Q380 588 294 566Z', across('#fffaf0', '#e6d8bd')) +
    leaf([380, 540], 74, -24, '#8a9b52') +
    leaf([380, 540], 74, 24, '#9dad62') +
    oval(380, 470, 19, 23, ball('#6f7f35')) +
    line('M312 436Q380 452 448 436M312 560Q380 576 448 560', '#c79a4a', 3) +
    gleam('M312 404v190M362 262v60', 10, 0.35) +
    sprig([520, 640], 210, 44, '#8b9c58', 6, 0.22) +
    oval(590, 596, 17, 21, ball('#55632e')) +
    oval(556, 622, 16, 20, ball('#7b8a3a'))
  );
};

const honey = () =>
  shadow(380, 638, 180) +
  turned(
    370,
    [
      [376, 108],
      [404, 132],
      [500, 136],
      [600, 132],
      [630, 118],
    ],
    '#e8a02f',
  ) +
  oval(370, 452, 118, 26, '#f6c769', { opacity: 0.6 }) +
  path('M262 474Q370 502 478 474V570Q370 598 262 570Z', across('#fffaf0', '#ecdcbb')) +
  repeat(3, (i) => leaf([370, 566], 70, -42 + i * 42, i === 1 ? '#9fb46c' : '#7f9a56', 0.42)) +
  path(
    'M250 372C280 350 300 360 370 358S470 350 490 372C500 400 470 416 482 436C440 418 420 430 370 424S300 420 258 436C270 410 242 396 250 372Z',
    across('#f3ead9', '#d3bd98'),
  ) +
  oval(370, 366, 104, 16, '#fbf5e8') +
  line('M256 402Q370 426 484 402', '#a8673b', 8) +
  gleam('M254 446v130', 12, 0.45) +
  turn(
    34,
    [590, 560],
    box([583, 380, 14, 190], 7, round(woods.beech)),
    [0, 1, 2, 3]
      .map((i) => oval(590, 566 + i * 19, 34 - Math.abs(i - 1.5) * 6, 11, round(woods.beech)))
      .join(''),
    path('M560 588q30 20 60 0q6 40-14 58q-16 14-30-2q-22-22-16-56Z', '#f0ab34', { opacity: 0.85 }),
  );

const cookbook = () =>
  shadow(420, 630, 200) +
  book(
    '#c9573c',
    disc(430, 330, 92, '#f3d9a8') +
      box([318, 476, 224, 14], 5, '#fdf3e0') +
      line('M342 490l-12 78M520 490l12 78', '#fdf3e0', 9) +
      path('M350 420h120c0 40-24 56-60 56s-60-16-60-56Z', '#35617f') +
      [376, 410, 444]
        .map(
          (x, i) =>
            disc(x, 408 - (i % 2) * 10, 24, ball(i === 1 ? '#d9a441' : '#a9b65a')) +
            line(`M${x} ${386 - (i % 2) * 10}q2-12 10-16`, '#5c3c26', 4),
        )
        .join('') +
      line('M330 224H530M330 242H470', '#f8e3c4', 7),
  );

export const kitchen: Collection = {
  'tide-mug': { colours: { 'sea-blue': '#4f8ba6', sand: '#dcc19a', charcoal: '#55535b' }, draw: mug },
  'ember-teapot': { draw: () => teapot('#b4532f') },
  'harbour-bowls': { draw: bowls },
  'oak-chopping-board': { draw: board },
  'cast-iron-pan': { draw: skillet },
  'pour-over-coffee-set': { draw: carafe },
  'cooks-knife': { draw: knife },
  'hillside-olive-oil': { draw: oil },
  'lime-blossom-honey': { draw: honey },
  'kitchen-table-year': { draw: cookbook },
};
