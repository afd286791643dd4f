import { foldedStack, fringe } from './cloth.ts';
import type { Collection } from './collection.ts';
import { across, ball, dark, down, glow, light, round } from './paint.ts';
import { sprig } from './plants.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, oval, path, polygon, repeat, turn } from './shapes.ts';
import { gleam, mouth, outlineOf, type Profile, turned } from './vessels.ts';
import { grain, woods } from './wood.ts';

const tableLamp = () =>
  oval(400, 320, 330, 300, glow('#ffe9b0'), { opacity: 0.9 }) +
  shadow(400, 636, 150) +
  turned(
    400,
    [
      [600, 96],
      [626, 102],
    ],
    woods.larch,
  ) +
  oval(400, 600, 96, 14, light(woods.larch, 0.3)) +
  turned(
    400,
    [
      [390, 20],
      [430, 34],
      [490, 62],
      [556, 52],
      [602, 30],
    ],
    woods.larch,
  ) +
  repeat(5, (i) =>
    line(
      `M${352 + i * 6} ${470 + i * 18}Q400 ${486 + i * 18} ${448 - i * 6} ${470 + i * 18}`,
      dark(woods.larch, 0.25),
      2,
      { opacity: 0.5 },
    ),
  ) +
  box([392, 356, 16, 40], 4, round('#c9a55a')) +
  path('M318 176H482L548 372Q400 400 252 372Z', across('#fff6df', '#efd9af')) +
  path('M318 176H482L548 372Q400 400 252 372Z', down('#fffdf2', '#f7dfa8'), { opacity: 0.55 }) +
  repeat(9, (i) => line(`M${334 + i * 16} 180L${284 + i * 29} 382`, '#d8bd8a', 1.5, { opacity: 0.5 })) +
  oval(400, 176, 82, 9, '#fffbea') +
  line('M254 372Q400 400 546 372', '#e0c591', 5) +
  line('M496 622C580 640 620 600 720 640', '#6b5a55', 5);

const floorLamp = () =>
  oval(560, 330, 200, 190, glow('#ffe6a3'), { opacity: 0.9 }) +
  shadow(330, 640, 150) +
  polygon(
    [
      [500, 292],
      [620, 292],
      [760, 600],
      [380, 600],
    ],
    '#fff0c4',
    { opacity: 0.35 },
  ) +
  turned(
    330,
    [
      [600, 92],
      [632, 98],
    ],
    woods.ash,
  ) +
  oval(330, 600, 92, 14, light(woods.ash, 0.4)) +
  line('M330 600V260C330 90 560 70 560 200', '#2f2d33', 11) +
  line('M327 590V260C330 100 540 80 556 180', '#7a7680', 3, { opacity: 0.8 }) +
  oval(560, 296, 34, 20, '#fff8dc') +
  path(
    'M560 188c20 0 24 14 26 30 6 34 46 40 52 74-30 14-126 14-156 0 6-34 46-40 52-74 2-16 6-30 26-30Z',
    across('#55525b', '#232127'),
  ) +
  oval(560, 293, 78, 12, '#ffeeb8') +
  line('M500 276c6-20 30-30 40-54', '#ffffff', 6, { opacity: 0.35 });

const throwBlanket = (colour: string) =>
  shadow(400, 634, 250) +
  fringe([168, 600, 464], 30, dark(colour, 0.14)) +
  foldedStack([170, 470, 460, 136], 3, colour) +
  path(
    'M250 450C250 400 300 392 400 392S560 400 560 452V596H250Z',
    across(light(colour, 0.22), dark(colour, 0.05)),
  ) +
  line(
    repeat(
      8,
      (row) => `M256 ${446 + row * 19}${repeat(15, () => `l10 ${row % 2 ? 8 : -8}l10 ${row % 2 ? -8 : 8}`)}`,
    ),
    dark(colour, 0.2),
    2.5,
    { opacity: 0.5 },
  ) +
  fringe([254, 594, 302], 36, light(colour, 0.15)) +
  line('M250 452V594', light(colour, 0.5), 4, { opacity: 0.6 });

const cushion = (colour: string) => {
  const outline =
    'M196 300C186 262 204 252 236 262C340 286 460 286 564 262C596 252 614 262 604 300C586 400 586 500 604 588C612 630 596 640 564 628C460 606 340 606 236 628C204 640 188 630 196 588C214 500 214 400 196 300Z';
  return (
    shadow(400, 638, 220) +
    path(outline, '#f3ead9') +
    clipped(
      'cushion',
      outline,
      repeat(4, (i) =>
        path(
          `M${226 + i * 100} 230C${216 + i * 100 + i * 5} 380 ${216 + i * 100 + i * 5} 500 ${226 + i * 100} 660H${276 + i * 100}C${268 + i * 100 - i * 5} 500 ${268 + i * 100 - i * 5} 380 ${276 + i * 100} 230Z`,
          colour,
        ),
      ),
      path('M180 220H620V660H180Z', across('#ffffff', dark(colour, 0.3)), { opacity: 0.2 }),
      oval(400, 660, 260, 90, glow('#3a2540'), { opacity: 0.4 }),
    ) +
    path(outline, 'none', { stroke: dark('#f3ead9', 0.16), 'stroke-width': 5 }) +
    line('M250 284q70 14 130 16', '#ffffff', 8, { opacity: 0.5 })
  );
};

const stool = (colour: string) =>
  shadow(400, 640, 200) +
  path('M392 400h34l8 230h-26Z', across(dark(colour, 0.25), dark(colour, 0.4))) +
  path('M282 396h40L262 640h-30Z', across(light(colour, 0.2), dark(colour, 0.15))) +
  path('M478 396h40L568 640h-30Z', across(colour, dark(colour, 0.3))) +
  path('M216 360V392C216 444 584 444 584 392V360Z', round(colour)) +
  oval(400, 360, 184, 48, across(light(colour, 0.35), colour)) +
  clipped('seat', 'M216 360a184 48 0 0 1 368 0a184 48 0 0 1 -368 0Z', grain([216, 312, 368, 96], colour, 8)) +
  oval(400, 364, 140, 32, dark(colour, 0.2), { opacity: 0.16 }) +
  [
    [300, 352],
    [500, 352],
    [404, 386],
  ]
    .map(
      ([x = 0, y = 0]) =>
        oval(x, y, 21, 9, dark(colour, 0.22)) + line(`M${x - 14} ${y}h28`, light(colour, 0.4), 4),
    )
    .join('');

const clock = () =>
  disc(412, 368, 226, '#3a2540', { opacity: 0.1 }) +
  disc(400, 350, 226, across(light(woods.beech, 0.25), dark(woods.beech, 0.2))) +
  disc(400, 350, 203, down('#efe6d8', '#fffdf7')) +
  disc(400, 350, 203, 'none', { stroke: dark(woods.beech, 0.3), 'stroke-width': 4, opacity: 0.5 }) +
  repeat(60, (i) => (i % 5 ? turn(i * 6, [400, 350], line('M400 166V174', '#b3a596', 3)) : '')) +
  repeat(12, (i) =>
    turn(i * 30, [400, 350], line(i % 3 ? 'M400 168V190' : 'M400 168V206', '#3c3740', i % 3 ? 6 : 9)),
  ) +
  turn(-54, [400, 350], line('M400 372V240', '#302c35', 15)) +
  turn(54, [400, 350], line('M400 380V196', '#302c35', 10)) +
  turn(196, [400, 350], line('M400 396V184', '#c94f38', 4)) +
  disc(400, 350, 13, '#c94f38') +
  path('M246 240a190 190 0 0 1 140-74L330 500a200 200 0 0 1-84-260Z', '#ffffff', { opacity: 0.22 });

const vase = (colour: string) => {
  const body: Profile = [
    [356, 30],
    [382, 36],
    [430, 108],
    [520, 154],
    [590, 132],
    [630, 84],
  ];
  return (
    shadow(400, 640, 170) +
    sprig([396, 374], 250, -15, '#7f9c85', 6, 0.44) +
    sprig([404, 374], 200, 17, '#94ad8f', 5, 0.44) +
    turned(400, body, colour) +
    mouth(400, 356, 30, colour) +
    clipped(
      'vase',
      outlineOf(400, body),
      repeat(36, (i) =>
        disc(262 + ((i * 97) % 280), 420 + ((i * 61) % 210), 2.4, dark(colour, 0.35), { opacity: 0.35 }),
      ),
    ) +
    gleam('M292 470c-18 34-18 66-6 96', 16, 0.28)
  );
};

const candle = (x: number, top: number) =>
  oval(x, top - 46, 120, 130, glow('#ffdf8e'), { opacity: 0.75 }) +
  turned(
    x,
    [
      [top, 17],
      [590, 27],
    ],
    '#e3ac45',
  ) +
  oval(x, top, 17, 5, '#f6d68c') +
  line(`M${x} ${top}v-16`, '#4a3328', 4) +
  path(`M${x} ${top - 84}c28 34 24 72 0 74c-24-2-28-36 0-74Z`, down('#fff0b3', '#f4912f')) +
  path(`M${x} ${top - 52}c13 18 11 38 0 40c-11-2-13-22 0-40Z`, '#fff9df') +
  turned(
    x,
    [
      [568, 32],
      [584, 34],
      [600, 27],
      [612, 46],
      [634, 78],
    ],
    '#c79a3f',
  ) +
  gleam(`M${x - 8} ${top + 26}V550`, 6, 0.4);

const candles = () => shadow(310, 640, 100) + shadow(500, 640, 100) + candle(310, 270) + candle(500, 340);

const basket = () => {
  const body: Profile = [
    [390, 170],
    [470, 196],
    [560, 186],
    [630, 146],
  ];
  const colour = '#cda46a';
  return (
    shadow(400, 640, 210) +
    mouth(400, 390, 170, colour) +
    path('M262 392C270 330 330 318 392 332S520 320 540 392Z', across('#8aa3a0', '#5d7a7a')) +
    path('M330 392C340 350 420 340 470 356S530 372 540 392Z', across('#a4b9b2', '#7a9490')) +
    turned(400, body, colour) +
    clipped(
      'basket',
      outlineOf(400, body),
      line(
        repeat(9, (row) =>
          repeat(22, (i) => `M${196 + i * 20 + (row % 2) * 10} ${404 + row * 27}q7-13 15 2`),
        ),
        dark(colour, 0.32),
        5,
        { opacity: 0.62 },
      ),
      repeat(9, (row) =>
        line(`M200 ${412 + row * 27}Q400 ${440 + row * 27} 600 ${412 + row * 27}`, dark(colour, 0.4), 2.5, {
          opacity: 0.4,
        }),
      ),
    ) +
    line('M230 392Q400 428 570 392', light(colour, 0.25), 15) +
    line('M232 398Q400 434 568 398', dark(colour, 0.28), 3, { 'stroke-dasharray': '12 8' }) +
    line('M206 470C160 400 178 350 232 398', '#8a4f2f', 17) +
    line('M594 470C640 400 622 350 568 398', '#6f3d24', 17) +
    disc(212, 470, 7, ball('#e2bd62')) +
    disc(588, 470, 7, ball('#e2bd62'))
  );
};

export const home: Collection = {
  'larch-table-lamp': { draw: tableLamp },
  'heron-floor-lamp': { draw: floorLamp },
  'dune-wool-throw': { colours: { oat: '#d9c6a5', moss: '#7e8a5a', brick: '#b3553f' }, draw: throwBlanket },
  'shore-cushion': { colours: { 'blue-stripe': '#4d7f9e', 'rust-stripe': '#bf6340' }, draw: cushion },
  'milking-stool': { colours: { 'natural-oak': woods.oak, black: '#4a464b' }, draw: stool },
  'quiet-wall-clock': { draw: clock },
  'pebble-vase': { colours: { chalk: '#ece5d8', clay: '#d39d83', ink: '#3d5070' }, draw: vase },
  'beeswax-candles': { draw: candles },
  'tidewrack-basket': { draw: basket },
};
