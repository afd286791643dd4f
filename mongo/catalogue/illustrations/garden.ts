import { book } from './books.ts';
import type { Collection } from './collection.ts';
import { nestingBox } from './nesting-box.ts';
import { across, ball, dark, light, round } from './paint.ts';
import { blossom, leaf, needles } from './plants.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, move, oval, path, repeat, turn } from './shapes.ts';
import { gleam, mouth, outlineOf, type Profile, turned } from './vessels.ts';
import { grain, woods } from './wood.ts';

const steel = '#8d9aa0';

const wateringCan = (colour: string) =>
  shadow(330, 640, 190) +
  line('M250 430C140 250 330 190 424 384', dark(colour, 0.16), 22) +
  line('M247 420C150 262 322 202 416 372', light(colour, 0.3), 5, { opacity: 0.6 }) +
  line('M250 460C130 470 140 600 246 580', dark(colour, 0.22), 18) +
  line('M430 580C540 560 540 330 648 282', dark(colour, 0.1), 24) +
  line('M436 574C536 548 534 326 640 278', light(colour, 0.35), 5, { opacity: 0.6 }) +
  turned(
    340,
    [
      [380, 112],
      [410, 116],
      [600, 124],
      [632, 118],
    ],
    colour,
  ) +
  mouth(340, 380, 112, colour) +
  line('M220 452Q340 480 460 452M218 580Q340 608 464 580', light(colour, 0.35), 6, { opacity: 0.55 }) +
  turn(
    62,
    [652, 280],
    path('M634 284L616 226H690L668 284Z', round('#d0a44c')),
    oval(653, 226, 37, 12, light('#d0a44c', 0.4)),
    repeat(7, (i) => disc(630 + i * 8, 224 + (i % 2) * 5, 2, '#7a5a20')),
  ) +
  repeat(9, (i) =>
    turn(
      -14,
      [700, 320],
      path(
        `M${676 + (i % 3) * 26} ${318 + Math.floor(i / 3) * 62 + (i % 2) * 22}q-9 18 0 24q9-6 0-24Z`,
        '#6ea6c4',
        { opacity: 0.9 - i * 0.05 },
      ),
    ),
  ) +
  gleam('M252 430v150', 14, 0.35);

const toolHandle = () =>
  path('M376 210C374 150 384 120 400 120S426 150 424 210L420 356H380Z', round(woods.ash)) +
  grain([378, 150, 44, 200], woods.ash, 4) +
  line('M400 124C376 96 384 68 400 68S424 96 400 124', '#8a4f2f', 6) +
  path('M382 346H418L412 392H388Z', round('#b9c2c6'));

const trowelAndFork = () => move([40, 28], 0.9, crossedTools());

const crossedTools = () =>
  path('M130 690C200 590 330 612 400 604S600 588 680 690Z', '#6b4a38') +
  turn(
    -20,
    [400, 400],
    toolHandle(),
    path(
      'M392 386h16v60c50 10 62 60 52 110-8 44-36 84-60 106-24-22-52-62-60-106-10-50 2-100 52-110Z',
      across(light(steel, 0.4), dark(steel, 0.25)),
    ),
    path('M400 452c26 30 30 120 0 200V452Z', dark(steel, 0.3), { opacity: 0.4 }),
  ) +
  turn(
    22,
    [400, 400],
    toolHandle(),
    path('M392 386h16v70h-16Z', round(steel)),
    line(
      'M400 452C346 452 346 480 346 520V650M400 452V654M400 452C454 452 454 480 454 520V650',
      dark(steel, 0.16),
      17,
    ),
    line('M343 510V640M397 470V640M451 510V640', light(steel, 0.5), 4),
  ) +
  path('M110 700C170 600 300 606 400 612S640 600 700 700Q400 730 110 700Z', '#553829') +
  line('M200 660h14M300 684h10M420 650h12M520 676h14M590 650h10M360 700h12', '#3f2a20', 9) +
  leaf([206, 640], 70, -24, '#7ba05b') +
  leaf([212, 640], 62, 30, '#93b56d');

const pot = () => {
  const clay = '#c8714a';
  return (
    shadow(400, 640, 180) +
    repeat(7, (i) =>
      needles([352 + i * 16, 350], 170 + ((i * 53) % 80), -30 + i * 10, i % 2 ? '#5f8056' : '#7a986c'),
    ) +
    turned(
      400,
      [
        [606, 130],
        [618, 150],
        [634, 146],
      ],
      dark(clay, 0.08),
    ) +
    oval(400, 607, 138, 16, dark(clay, 0.35)) +
    turned(
      400,
      [
        [380, 124],
        [480, 112],
        [600, 88],
        [616, 84],
      ],
      clay,
    ) +
    turned(
      400,
      [
        [338, 140],
        [346, 146],
        [376, 142],
        [388, 132],
      ],
      light(clay, 0.06),
    ) +
    mouth(400, 338, 140, clay, '#4a3024') +
    repeat(5, (i) =>
      needles([340 + i * 30, 344], 130 + ((i * 31) % 60), -34 + i * 17, i % 2 ? '#86a377' : '#6f8f63'),
    ) +
    path('M286 440Q400 470 512 440L508 462Q400 490 292 462Z', light(clay, 0.4), { opacity: 0.2 }) +
    gleam('M306 410l14 150', 12, 0.22)
  );
};

const secateurs = () =>
  line('M560 640C520 520 590 420 560 300', '#5f7f4c', 11) +
  leaf([566, 440], 80, 62, '#7ba05b') +
  leaf([560, 520], 70, -64, '#6b9150') +
  move(
    [560, 268],
    1,
    ...[blossom([0, 0], 70, '#d77a86', 7, '#c4556a'), blossom([0, 2], 42, '#e59aa2', 6, '#b8475c')],
  ) +
  turn(
    -24,
    [360, 400],
    path('M330 420C300 330 330 220 420 150C430 230 420 330 384 410Z', across('#eef2f3', '#8e9ba2')),
    line('M338 400C316 320 344 232 412 168', '#ffffff', 4, { opacity: 0.8 }),
    path('M384 420C420 380 470 320 440 246C418 250 404 300 366 344L340 400Z', across('#6a747a', '#464e53')),
    path(
      'M344 420C300 460 270 540 274 640q2 26 26 24 22-2 24-26C326 560 350 500 392 446Z',
      across('#e06a50', '#b23c2a'),
    ),
    path(
      'M376 420C430 450 470 520 474 620q0 26-24 26-22 0-26-24C414 560 396 500 348 450Z',
      across('#d9573f', '#96301f'),
    ),
    line('M368 470q18 18 8 34t10 34 6 34', '#c9ced1', 6),
    disc(364, 420, 21, ball('#c5ccd0')),
    line('M352 420h24', '#5e686e', 5),
    line('M300 610C304 560 318 520 340 484', '#ffffff', 7, { opacity: 0.35 }),
  );

const packet = (degrees: number, colour: string, flower: string, petals: number) =>
  turn(
    degrees,
    [400, 760],
    box([316, 262, 176, 262], 6, '#3a2540', { opacity: 0.14 }),
    box([312, 254, 176, 262], 6, across(light(colour, 0.3), colour)),
    path('M312 260q0-6 6-6H482q6 0 6 6V286H312Z', dark(colour, 0.16)),
    disc(400, 380, 62, light(colour, 0.7)),
    line('M400 470V390', '#5f8056', 6),
    leaf([400, 462], 46, 48, '#7ba05b'),
    leaf([400, 452], 42, -48, '#6b9150'),
    blossom([400, 372], 46, flower, petals),
    line('M344 492H456', light(colour, 0.6), 6),
  );

const seeds = () =>
  shadow(400, 634, 240) +
  packet(-34, '#8fb0c4', '#4f77b8', 9) +
  packet(-17, '#e3b2a4', '#d0566b', 6) +
  packet(17, '#c9bfdc', '#8a6bb0', 8) +
  packet(34, '#efd08c', '#e08a35', 10) +
  packet(0, '#a9c394', '#f0b93c', 12) +
  box([276, 500, 248, 136], 8, across('#d9bd92', '#b8976a')) +
  box([276, 500, 248, 26], 6, '#caa97a') +
  leaf([400, 616], 76, 0, '#6b8f55', 0.42) +
  line(
    repeat(16, (i) => `M${196 + ((i * 137) % 420)} ${648 + ((i * 29) % 36)}h4`),
    '#5b4030',
    8,
  );

const twine = () => {
  const tin: Profile = [
    [430, 130],
    [440, 132],
    [620, 132],
    [632, 126],
  ];
  return (
    shadow(390, 640, 180) +
    turned(390, tin, '#4f7350') +
    clipped(
      'twine',
      outlineOf(390, tin),
      path('M240 480Q390 514 540 480V570Q390 604 240 570Z', '#ecdfc4'),
      leaf([390, 574], 84, -26, '#6f9160'),
      leaf([390, 574], 84, 26, '#89a874'),
    ) +
    disc(390, 330, 118, ball('#cfa76c')) +
    clipped(
      'ball',
      'M272 330a118 118 0 1 1 236 0a118 118 0 1 1 -236 0Z',
      line(
        repeat(
          10,
          (i) =>
            `M${250 + i * 14} ${460 - i * 4}Q${300 + i * 16} ${300 - i * 6} ${430 + i * 10} ${190 + i * 8}`,
        ),
        '#a37d45',
        4,
        { opacity: 0.7 },
      ),
      line(
        repeat(8, (i) => `M270 ${270 + i * 20}Q380 ${330 + i * 22} 520 ${250 + i * 24}`),
        '#e6c690',
        4,
        { opacity: 0.8 },
      ),
    ) +
    path('M258 430a132 19 0 0 0 264 0v16a132 19 0 0 1-264 0Z', dark('#4f7350', 0.2)) +
    line('M480 392C560 380 600 460 580 540S640 650 700 622', '#c19a5f', 8) +
    line('M480 392C560 380 600 460 580 540S640 650 700 622', '#e6c690', 3, { 'stroke-dasharray': '7 8' }) +
    gleam('M280 460v140', 12, 0.3)
  );
};

const tulip = (x: number, y: number, colour: string) =>
  line(`M${x} ${y + 150}V${y + 20}`, '#d9e4bb', 6) +
  leaf([x, y + 150], 100, -22, '#b9cf95', 0.2) +
  leaf([x, y + 150], 90, 24, '#a4bf7e', 0.2) +
  path(
    `M${x - 32} ${y - 36}l16 18 16-30 16 30 16-18c8 40 0 74-32 74s-40-34-32-74Z`,
    across(light(colour, 0.2), colour),
  );

const gardenBook = () =>
  shadow(420, 630, 200) +
  book(
    '#4d7458',
    disc(490, 280, 46, '#f0d9a0') +
      tulip(346, 390, '#d9604a') +
      tulip(425, 360, '#eab54b') +
      tulip(504, 396, '#e58f93') +
      path('M302 540Q430 510 556 540V578H302Z', '#35543f') +
      line('M326 226H410M326 244H380', '#dbe6cc', 7),
  );

export const garden: Collection = {
  'long-spout-watering-can': { colours: { 'leaf-green': '#5d8a5a', cream: '#e8dcc0' }, draw: wateringCan },
  'ash-trowel-and-fork': { draw: trowelAndFork },
  'long-tom-pot': { draw: pot },
  'bypass-secateurs': { draw: secateurs },
  'tit-nesting-box': { draw: nestingBox },
  'cottage-seed-collection': { draw: seeds },
  'jute-twine': { draw: twine },
  'small-garden-slowly': { draw: gardenBook },
};
