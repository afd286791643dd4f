import type { Collection } from './collection.ts';
import { across, ball, dark, down, glow, light, round } from './paint.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, oval, path, polygon, repeat, turn } from './shapes.ts';
import { gleam, outlineOf, type Profile, turned } from './vessels.ts';
import { woods } from './wood.ts';

const leather = '#9a5a33';
const brass = '#d0a44c';

const strap = (x: number, top: number, bottom: number) =>
  box([x, top, 24, bottom - top], 5, across(light(leather, 0.2), dark(leather, 0.2))) +
  line(`M${x + 5} ${top + 6}V${bottom - 6}M${x + 19} ${top + 6}V${bottom - 6}`, light(leather, 0.5), 1.6, {
    'stroke-dasharray': '6 5',
  }) +
  box([x - 5, bottom - 70, 34, 26], 5, 'none', { stroke: brass, 'stroke-width': 6 });

const backpack = (colour: string) =>
  shadow(400, 638, 190) +
  line('M346 190C340 110 460 110 454 190', leather, 15) +
  path('M228 320C190 380 196 540 232 600', 'none', { stroke: dark(colour, 0.35), 'stroke-width': 30 }) +
  path('M572 320C610 380 604 540 568 600', 'none', { stroke: dark(colour, 0.45), 'stroke-width': 30 }) +
  path(
    'M248 260C236 380 226 520 240 600Q244 634 280 634H520Q556 634 560 600C574 520 564 380 552 260Z',
    across(light(colour, 0.16), dark(colour, 0.2)),
  ) +
  path(
    'M244 250C244 196 270 176 300 176H500C530 176 556 196 556 250C558 296 540 312 520 312H280C260 312 242 296 244 250Z',
    down(light(colour, 0.2), dark(colour, 0.1)),
  ) +
  oval(262, 246, 17, 58, dark(colour, 0.2)) +
  line('M262 206c-12 30 0 50 6 64', dark(colour, 0.45), 4) +
  line('M284 300H530', dark(colour, 0.4), 5, { opacity: 0.4 }) +
  path(
    'M282 440H518Q528 520 518 596Q516 606 504 606H296Q284 606 282 596Q272 520 282 440Z',
    across(light(colour, 0.24), dark(colour, 0.1)),
  ) +
  path('M276 428H524V470Q400 500 276 470Z', dark(colour, 0.12)) +
  line('M290 480V590M510 480V590', light(colour, 0.45), 2, { 'stroke-dasharray': '8 6' }) +
  strap(308, 214, 420) +
  strap(468, 214, 420) +
  box([380, 452, 40, 48], 6, round(leather)) +
  disc(400, 484, 7, ball(brass)) +
  box([360, 344, 80, 44], 5, round(leather)) +
  line('M368 352H432V380H368Z', light(leather, 0.5), 2, { 'stroke-dasharray': '5 4' }) +
  gleam('M268 350c-8 60-10 140-6 200', 10, 0.2);

const weekender = () => {
  const navy = '#3c5372';
  return (
    shadow(400, 638, 260) +
    line('M286 420C270 230 530 230 514 420', dark(leather, 0.3), 17) +
    path(
      'M150 480C150 360 220 330 300 326H500C580 330 650 360 650 480V600Q650 634 616 634H184Q150 634 150 600Z',
      across(light(navy, 0.16), dark(navy, 0.25)),
    ) +
    path(
      'M150 548H650V602Q650 634 616 634H184Q150 634 150 602Z',
      across(light(leather, 0.18), dark(leather, 0.22)),
    ) +
    line('M152 556H648', light(leather, 0.5), 2.5, { 'stroke-dasharray': '9 7' }) +
    line('M216 352Q400 322 584 352', dark(navy, 0.5), 12) +
    line('M216 352Q400 322 584 352', brass, 4, { 'stroke-dasharray': '4 5' }) +
    box([572, 344, 14, 34], 5, round(leather)) +
    path('M252 330H284L290 548H256Z', across(light(leather, 0.2), leather)) +
    path('M516 330H548L544 548H510Z', across(leather, dark(leather, 0.2))) +
    line('M268 400C250 200 550 200 532 400', leather, 17) +
    line('M264 394C252 214 536 206 528 380', light(leather, 0.4), 4, { opacity: 0.6 }) +
    path('M352 232h96v38h-96Z', across(light(leather, 0.1), dark(leather, 0.25))) +
    [
      [268, 404],
      [532, 404],
      [272, 520],
      [528, 520],
    ]
      .map(([x = 0, y = 0]) => disc(x, y, 8, ball(brass)))
      .join('') +
    box([340, 430, 120, 72], 6, across(light(navy, 0.22), navy)) +
    line('M350 440H450V492H350Z', light(navy, 0.4), 2, { 'stroke-dasharray': '6 5' }) +
    gleam('M186 440c-6 30-8 60-8 90', 10, 0.22)
  );
};

const campMug = (colour: string) => {
  const edge = colour === '#f4f1e8' ? '#3f6f9c' : '#2f3a33';
  const body: Profile = [
    [336, 122],
    [350, 120],
    [560, 116],
    [588, 104],
  ];
  return (
    path('M130 640C160 566 300 572 420 580S640 570 690 640Z', across('#a3a99d', '#757d76')) +
    path(
      'M150 612C220 566 330 584 420 584S610 574 660 612C600 596 540 606 480 600S260 596 150 612Z',
      '#8fa765',
    ) +
    oval(640, 540, 150, 160, glow('#ffb55c'), { opacity: 0.8 }) +
    path(
      'M640 452c56 60 60 110 44 150h-86c-22-40-4-70 14-90 2 18 8 24 16 28-8-34-4-64 12-88Z',
      down('#f7c04a', '#e2622f'),
    ) +
    path('M644 530c26 28 24 52 16 72h-38c-10-24 6-44 22-72Z', '#fde7a0') +
    turn(14, [640, 612], box([560, 600, 170, 22], 11, round('#6b4a38'))) +
    turn(-12, [640, 612], box([560, 602, 170, 22], 11, round('#825a42'))) +
    line('M478 384c92-16 96 128-4 126', edge, 25) +
    line('M478 384c92-16 96 128-4 126', light(colour, 0.1), 13) +
    turned(370, body, colour) +
    oval(370, 336, 124, 18, edge) +
    oval(370, 338, 112, 14, across(dark(colour, 0.3), light(colour, 0.2))) +
    oval(370, 343, 98, 9, '#59382a') +
    repeat(12, (i) => disc(280 + ((i * 83) % 180), 390 + ((i * 59) % 170), 2.6, edge, { opacity: 0.45 })) +
    gleam('M274 374v180', 14, 0.6)
  );
};

const bottle = (colour: string) => {
  const body: Profile = [
    [250, 52],
    [276, 60],
    [310, 84],
    [360, 88],
    [610, 88],
    [634, 80],
  ];
  return (
    shadow(400, 640, 140) +
    line('M448 190c70-20 76 70 10 74', '#d98b4a', 10) +
    line('M448 190c70-20 76 70 10 74', '#f1c08a', 4, { 'stroke-dasharray': '6 6' }) +
    turned(400, body, colour) +
    turned(
      400,
      [
        [238, 54],
        [256, 54],
      ],
      '#d5dadb',
    ) +
    turned(
      400,
      [
        [166, 54],
        [172, 58],
        [238, 58],
      ],
      '#d8b57c',
    ) +
    oval(400, 167, 54, 9, light('#d8b57c', 0.4)) +
    line('M362 184v44M382 188v46M406 190v46M430 188v44', dark('#d8b57c', 0.2), 2, { opacity: 0.5 }) +
    clipped(
      'bottle',
      outlineOf(400, body),
      path('M300 500C350 460 380 520 430 480S500 480 500 470V660H300Z', dark(colour, 0.16), { opacity: 0.7 }),
      path('M300 550C340 520 390 570 440 536S500 540 500 530V660H300Z', light(colour, 0.22), {
        opacity: 0.45,
      }),
    ) +
    turned(
      400,
      [
        [616, 88],
        [634, 80],
      ],
      '#c9cfd1',
    ) +
    gleam('M336 340v260', 15, 0.45) +
    gleam('M462 350v230', 6, 0.2)
  );
};

const packingCube = (x: number, y: number, w: number, h: number, colour: string) => {
  const d = 46;
  return (
    polygon(
      [
        [x + w, y],
        [x + w + d, y - d],
        [x + w + d, y + h - d + 6],
        [x + w, y + h],
      ],
      dark(colour, 0.3),
    ) +
    path(
      `M${x + 10} ${y}L${x + d} ${y - d}H${x + w + d - 6}L${x + w} ${y}Z`,
      across(light(colour, 0.35), light(colour, 0.1)),
    ) +
    path(
      `M${x + 46} ${y - 10}L${x + d + 22} ${y - d + 10}H${x + w + 2}L${x + w - 22} ${y - 10}Z`,
      dark(colour, 0.3),
      { opacity: 0.45 },
    ) +
    box([x, y, w, h], 16, across(light(colour, 0.14), dark(colour, 0.1))) +
    line(`M${x + 4} ${y + 22}H${x + w}L${x + w + d} ${y + 22 - d}`, dark(colour, 0.45), 5) +
    line(`M${x + 4} ${y + 22}H${x + w}`, light(colour, 0.5), 2, { 'stroke-dasharray': '3 4' }) +
    box([x + w * 0.62, y + 20, 12, 32], 5, '#e7c46b') +
    box([x + w * 0.3, y + h * 0.58, w * 0.4, 15], 7, dark(colour, 0.28), { opacity: 0.7 })
  );
};

const cubes = () =>
  shadow(410, 638, 260) +
  packingCube(170, 506, 420, 130, '#c4704f') +
  packingCube(214, 372, 330, 118, '#d9bd8c') +
  packingCube(262, 264, 226, 94, '#4f8a8b');

const tag = () =>
  path('M560 120C640 150 660 260 560 300C500 322 470 300 440 280', 'none', {
    stroke: dark(leather, 0.1),
    'stroke-width': 24,
    'stroke-linecap': 'round',
  }) +
  path('M560 120C460 90 420 190 430 280', 'none', {
    stroke: leather,
    'stroke-width': 24,
    'stroke-linecap': 'round',
  }) +
  turn(
    24,
    [400, 420],
    path('M296 316L356 246H444L504 316V616q0 24-24 24H320q-24 0-24-24Z', '#3a2540', {
      opacity: 0.16,
      transform: 'translate(14 14)',
    }),
    path(
      'M296 316L356 246H444L504 316V616q0 24-24 24H320q-24 0-24-24Z',
      across(light(leather, 0.24), dark(leather, 0.12)),
    ),
    line('M310 322L362 260H438L490 322V612q0 14-14 14H324q-14 0-14-14Z', light(leather, 0.6), 3, {
      'stroke-dasharray': '10 7',
    }),
    box([334, 374, 132, 218], 10, dark(leather, 0.4)),
    box([342, 382, 116, 202], 6, down('#fffaf0', '#ecdfc8')),
    line('M360 420H440M360 450H424M360 480H436', '#b59f7f', 6),
    disc(424, 544, 17, 'none', { stroke: '#c4553a', 'stroke-width': 4 }),
    line('M414 544l8 8 12-16', '#c4553a', 4),
    disc(400, 296, 20, ball(brass)),
    disc(400, 296, 10, dark(leather, 0.5)),
    line('M318 350V590', '#ffffff', 8, { opacity: 0.2 }),
  ) +
  turn(
    -8,
    [560, 150],
    box([536, 104, 52, 40], 8, 'none', { stroke: brass, 'stroke-width': 9 }),
    line('M562 104v40', light(brass, 0.3), 6),
  );

const umbrella = (colour: string) =>
  line(
    repeat(16, (i) => `M${70 + ((i * 191) % 680)} ${60 + ((i * 113) % 380)}l-10 34`),
    '#6ea0b5',
    5,
    { opacity: 0.5 },
  ) +
  shadow(410, 640, 90) +
  line('M400 150V560', '#44414a', 10) +
  path('M394 540h14v40c0 70-100 70-100 4 0-14 20-14 20 0 0 38 66 40 66-6Z', round(woods.ash)) +
  path(
    'M130 420C140 250 270 160 400 160S660 250 670 420C640 384 580 384 550 420C520 384 440 384 400 420C360 384 280 384 250 420C220 384 160 384 130 420Z',
    across(light(colour, 0.25), dark(colour, 0.25)),
  ) +
  path(
    'M400 160C330 190 254 280 250 420C220 384 160 384 130 420C140 250 270 160 400 160Z',
    light(colour, 0.28),
    { opacity: 0.55 },
  ) +
  path('M400 160C470 190 546 280 550 420C520 384 440 384 400 420Z', dark(colour, 0.2), { opacity: 0.35 }) +
  line(
    'M400 160C330 190 254 280 250 418M400 160C470 190 546 280 550 418M400 160V418',
    dark(colour, 0.35),
    3,
    { opacity: 0.6 },
  ) +
  line('M400 160V128', '#44414a', 9) +
  line('M190 320c30-60 70-96 120-118', '#ffffff', 9, { opacity: 0.35 });

export const travel: Collection = {
  'rambler-backpack': { colours: { tan: '#c79a62', forest: '#5a7355', navy: '#44587a' }, draw: backpack },
  'ferry-weekender': { draw: weekender },
  'camp-mug': { colours: { white: '#f4f1e8', moss: '#74835a' }, draw: campMug },
  'rill-bottle': { colours: { 'slate-blue': '#5b7f99', coral: '#df7a62' }, draw: bottle },
  'packing-cubes': { draw: cubes },
  'luggage-tag': { draw: tag },
  'squall-umbrella': { colours: { mustard: '#dfa937', navy: '#3f5578' }, draw: umbrella },
};
