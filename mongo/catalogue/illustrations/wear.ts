import { fringe, panel, ribs } from './cloth.ts';
import type { Collection } from './collection.ts';
import { across, ball, dark, down, glow, light, round } from './paint.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, oval, path, repeat, turn } from './shapes.ts';

const leather = '#b0713f';
const brass = '#d0a44c';

const cap = (colour: string) =>
  shadow(400, 616, 200) +
  path('M214 500C206 330 290 210 400 206S594 330 586 500Z', across(light(colour, 0.2), dark(colour, 0.22))) +
  ribs(
    226,
    574,
    17,
    (x) => `M${x} 500C${x + (400 - x) * 0.04} 360 ${x + (400 - x) * 0.5} 240 ${400 + (x - 400) * 0.08} 214`,
    colour,
  ) +
  path(
    'M196 486C196 462 220 456 240 460Q400 484 560 460C580 456 604 462 604 486V588C604 610 584 614 566 610Q400 632 234 610C216 614 196 610 196 588Z',
    across(light(colour, 0.3), dark(colour, 0.14)),
  ) +
  ribs(
    212,
    588,
    24,
    (x) => `M${x} ${468 + 16 * (1 - ((x - 400) / 200) ** 2)}V${604 + 16 * (1 - ((x - 400) / 200) ** 2)}`,
    colour,
  ) +
  line('M204 484Q400 506 596 484', dark(colour, 0.35), 4, { opacity: 0.3 }) +
  box([520, 530, 44, 52], 4, '#f5ead6') +
  line('M530 548h24M530 562h16', '#b59f7f', 4);

const sleeve = (flip: number, colour: string) => {
  const x = (value: number) => 400 + flip * value;
  return (
    path(
      `M${x(118)} 196C${x(190)} 210 ${x(216)} 300 ${x(240)} 420L${x(262)} 566Q${x(232)} 586 ${x(196)} 578L${x(150)} 400Z`,
      flip < 0
        ? across(light(colour, 0.22), dark(colour, 0.06))
        : across(dark(colour, 0.12), dark(colour, 0.28)),
    ) +
    path(
      `M${x(256)} 540L${x(264)} 590Q${x(232)} 610 ${x(196)} 600L${x(190)} 554Q${x(228)} 560 ${x(256)} 540Z`,
      dark(colour, 0.2),
    )
  );
};

const jumper = (colour: string) =>
  shadow(400, 640, 230) +
  sleeve(-1, colour) +
  sleeve(1, colour) +
  panel(
    'M268 196C310 168 340 166 352 160H448C460 166 490 168 532 196C560 230 556 330 556 420V600H244V420C244 330 240 230 268 196Z',
    colour,
  ) +
  path('M252 590H548L540 638Q400 650 260 638Z', across(colour, dark(colour, 0.3))) +
  ribs(266, 534, 22, (x) => `M${x} 594V638`, colour) +
  line(
    repeat(
      4,
      (row) => `M262 ${262 + row * 34}${repeat(12, (i) => `l12 ${i % 2 ? 9 : -9}l11 ${i % 2 ? -9 : 9}`)}`,
    ),
    light(colour, 0.5),
    4,
    { opacity: 0.75 },
  ) +
  line('M254 384H546M254 394H546', light(colour, 0.5), 3, { 'stroke-dasharray': '5 8', opacity: 0.7 }) +
  oval(400, 164, 62, 24, dark(colour, 0.5)) +
  line('M336 160C344 214 456 214 464 160', light(colour, 0.08), 19) +
  line('M336 160Q400 136 464 160', dark(colour, 0.15), 12) +
  line('M248 420C252 380 252 330 246 290M552 420C548 380 548 330 554 290', dark(colour, 0.4), 4, {
    opacity: 0.4,
  });

const sock = (x: number, y: number, colour: string) => {
  const outline = `M${x} ${y}H${x + 120}V${y + 250}C${x + 122} ${y + 290} ${x + 150} ${y + 300} ${x + 200} ${y + 318}C${x + 256} ${y + 340} ${x + 250} ${y + 396} ${x + 190} ${y + 396}H${x + 60}C${x} ${y + 396} ${x - 16} ${y + 350} ${x - 6} ${y + 300}Z`;
  const name = `sock${x}`;
  return (
    path(outline, across(light(colour, 0.2), dark(colour, 0.16))) +
    clipped(
      name,
      outline,
      line(
        repeat(11, (i) => `M${x + 5 + i * 11} ${y + 60}V${y + 250}`),
        dark(colour, 0.22),
        3,
        { opacity: 0.45 },
      ),
      box([x - 10, y, 150, 62], 0, '#d9a441'),
      line(
        repeat(11, (i) => `M${x + 5 + i * 11} ${y}V${y + 60}`),
        dark('#d9a441', 0.3),
        4,
        { opacity: 0.5 },
      ),
      disc(x - 4, y + 352, 66, '#d9a441'),
      disc(x + 246, y + 366, 62, '#d9a441'),
      box([x - 10, y + 84, 150, 10], 0, '#a84f38'),
      box([x - 10, y + 104, 150, 10], 0, '#a84f38'),
    ) +
    line(`M${x + 12} ${y + 70}V${y + 240}`, '#ffffff', 8, { opacity: 0.25 })
  );
};

const socks = () => shadow(400, 640, 220) + sock(352, 206, '#cdb893') + sock(236, 236, '#e0cfae');

const jacketPocket = (x: number, y: number, w: number, h: number, colour: string) =>
  path(
    `M${x} ${y}H${x + w}V${y + h - 16}Q${x + w / 2} ${y + h + 10} ${x} ${y + h - 16}Z`,
    across(light(colour, 0.2), dark(colour, 0.06)),
  ) +
  line(
    `M${x + 7} ${y + 14}H${x + w - 7}M${x + 7} ${y + 6}V${y + h - 20}M${x + w - 7} ${y + 6}V${y + h - 20}`,
    light(colour, 0.5),
    2,
    { 'stroke-dasharray': '6 5' },
  );

const jacket = (colour: string) =>
  shadow(400, 640, 240) +
  line('M400 118c0-30 34-22 26-2-6 12-26 10-26 34L280 206M400 150L520 206', '#7a5a3c', 8) +
  sleeve(-1, colour) +
  sleeve(1, colour) +
  panel(
    'M268 200L352 160 400 190 448 160 532 200C556 240 560 330 562 430L566 626Q400 646 234 626L238 430C240 330 244 240 268 200Z',
    colour,
  ) +
  path('M352 160L400 190 448 160 440 148H360Z', dark(colour, 0.5)) +
  path('M352 156L330 214 396 250 402 192Z', light(colour, 0.2)) +
  path('M448 156L470 214 404 250 398 192Z', light(colour, 0.06)) +
  line('M402 236V636', dark(colour, 0.4), 4) +
  line('M414 246V634', light(colour, 0.45), 2, { 'stroke-dasharray': '7 6' }) +
  repeat(5, (i) => disc(388, 276 + i * 80, 10, ball('#8a6a4a')) + disc(388, 276 + i * 80, 2.5, '#3c2b20')) +
  jacketPocket(444, 290, 84, 92, colour) +
  jacketPocket(266, 456, 104, 124, colour) +
  jacketPocket(432, 456, 104, 124, colour) +
  line('M246 616Q400 634 554 616', light(colour, 0.45), 2, { 'stroke-dasharray': '7 6' });

const scarf = (colour: string) => {
  const cream = '#f0e6d2';
  const tail = 'M330 330L460 330 500 600H350Z';
  const tail2 = 'M440 320L350 330 250 560 380 600Z';
  const loop =
    'M400 170C540 170 600 230 590 300C580 380 480 410 400 410S220 380 210 300C200 230 260 170 400 170Z';
  const blocks = (turnBy: number, count: number) =>
    turn(
      turnBy,
      [400, 400],
      ...Array.from({ length: count }, (_, i) => box([80, 30 + i * 124, 660, 62], 0, cream)),
    );
  return (
    shadow(400, 640, 210) +
    turn(18, [315, 580], fringe([252, 572, 130], 44, colour)) +
    path(tail2, across(light(colour, 0.1), dark(colour, 0.2))) +
    clipped('tailA', tail2, blocks(18, 6)) +
    path(tail2, across('#ffffff', '#2a1f33'), { opacity: 0.1 }) +
    fringe([350, 598, 150], 44, colour) +
    path(tail, across(light(colour, 0.14), dark(colour, 0.12))) +
    clipped('tailB', tail, blocks(-2, 6)) +
    path(tail, across('#ffffff', '#2a1f33'), { opacity: 0.12 }) +
    path(loop, across(light(colour, 0.16), dark(colour, 0.2))) +
    clipped(
      'loop',
      loop,
      repeat(7, (i) =>
        path(
          `M${186 + i * 72} 120Q${170 + i * 76} 300 ${230 + i * 54} 440H${262 + i * 54}Q${212 + i * 76} 300 ${222 + i * 72} 120Z`,
          cream,
        ),
      ),
      oval(400, 420, 220, 70, glow('#2a1f33'), { opacity: 0.4 }),
    ) +
    oval(400, 246, 108, 42, dark(colour, 0.55)) +
    path('M292 246a108 42 0 0 0 216 0C508 300 292 300 292 246Z', dark(colour, 0.3), { opacity: 0.7 }) +
    line('M236 280C244 220 310 196 380 190', '#ffffff', 9, { opacity: 0.3 }) +
    line('M250 350C320 390 480 390 556 346', dark(colour, 0.5), 4, { opacity: 0.35 })
  );
};

const belt = () =>
  shadow(400, 630, 250) +
  [230, 178, 126]
    .map((r, i) => {
      const [top, height] = [420 - i * 4, 150];
      return (
        path(
          `M${400 - r} ${top}V${top + height}A${r} ${r * 0.3} 0 0 0 ${400 + r} ${top + height}V${top}Z`,
          round(i % 2 ? dark(leather, 0.1) : leather),
        ) +
        oval(400, top, r, r * 0.3, light(leather, 0.3)) +
        oval(400, top + 3, r - 12, (r - 12) * 0.3, dark(leather, 0.5 + i * 0.06))
      );
    })
    .join('') +
  path('M170 420V570A230 69 0 0 0 630 570V420A230 69 0 0 1 170 420Z', round(leather)) +
  line('M174 436A230 69 0 0 0 626 436M174 562A230 69 0 0 0 626 562', light(leather, 0.5), 3, {
    'stroke-dasharray': '11 8',
  }) +
  line('M300 482h120v150h-120Z', brass, 19) +
  line('M297 479h118', light(brass, 0.5), 5) +
  line('M300 558H420', light(brass, 0.15), 13) +
  repeat(4, (i) => oval(470 + i * 36, 558 - i * 7, 7, 9, dark(leather, 0.6)));

const slipper = (x: number, y: number, colour: string) =>
  path(
    `M${x} ${y + 104}C${x - 6} ${y + 40} ${x + 20} ${y + 10} ${x + 80} ${y + 14}C${x + 150} ${y + 18} ${x + 190} ${y - 30} ${x + 260} ${y - 10}C${x + 330} ${y + 10} ${x + 366} ${y + 66} ${x + 352} ${y + 112}Q${x + 340} ${y + 130} ${x + 300} ${y + 130}H${x + 30}Q${x + 2} ${y + 130} ${x} ${y + 104}Z`,
    down(light(colour, 0.2), dark(colour, 0.16)),
  ) +
  path(
    `M${x + 2} ${y + 110}Q${x + 170} ${y + 130} ${x + 354} ${y + 106}Q${x + 350} ${y + 138} ${x + 310} ${y + 140}H${x + 30}Q${x} ${y + 138} ${x + 2} ${y + 110}Z`,
    across('#b98255', '#85552f'),
  ) +
  path(
    `M${x + 16} ${y + 34}C${x + 60} ${y + 2} ${x + 150} ${y + 30} ${x + 200} ${y - 8}C${x + 180} ${y + 40} ${x + 90} ${y + 62} ${x + 16} ${y + 34}Z`,
    dark(colour, 0.45),
  ) +
  line(
    `M${x + 12} ${y + 34}C${x + 60} ${y + 2} ${x + 150} ${y + 30} ${x + 204} ${y - 10}C${x + 184} ${y + 42} ${x + 90} ${y + 66} ${x + 12} ${y + 34}Z`,
    '#c4553a',
    8,
  ) +
  line(
    repeat(14, (i) => `M${x + 60 + ((i * 83) % 270)} ${y + 62 + ((i * 37) % 40)}h5`),
    light(colour, 0.5),
    3,
    { opacity: 0.5 },
  ) +
  line(`M${x + 236} ${y + 8}c40 4 70 24 84 54`, '#ffffff', 9, { opacity: 0.25 });

const slippers = () => shadow(400, 636, 260) + slipper(260, 400, '#8d9097') + slipper(150, 496, '#a3a6ac');

export const wear: Collection = {
  'watch-cap': { colours: { rust: '#b4603a', navy: '#415778', oat: '#d8c5a2' }, draw: cap },
  'harbour-jumper': { colours: { navy: '#3d5274', ecru: '#e2d5ba' }, draw: jumper },
  'walking-socks': { draw: socks },
  'chore-jacket': { draw: () => jacket('#5578a5') },
  'crossing-scarf': { colours: { teal: '#3f8084', berry: '#984563' }, draw: scarf },
  'saddle-belt': { draw: belt },
  'felt-slippers': { draw: slippers },
};
