import { across, ball, dark, down, glow, light } from './paint.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, line, move, oval, path, polygon, repeat, turn } from './shapes.ts';
import { gleam } from './vessels.ts';

const brass = '#d0a44c';

export const notebook = (colour: string) =>
  shadow(420, 636, 190) +
  turn(
    7,
    [400, 620],
    polygon(
      [
        [284, 198],
        [556, 198],
        [574, 212],
        [574, 622],
        [296, 622],
      ],
      '#e8dcc6',
    ),
    line('M570 214V616M564 206V618', '#cbbb9e', 2),
    box([262, 188, 296, 430], 18, across(light(colour, 0.14), dark(colour, 0.1))),
    path('M280 188h22V618h-22q-18 0-18-18V206q0-18 18-18Z', dark(colour, 0.22), { opacity: 0.6 }),
    repeat(14, (i) => line(`M312 ${210 + i * 29}H548`, light(colour, 0.35), 1.4, { opacity: 0.25 })),
    box([336, 262, 150, 76], 6, '#f5ead6'),
    line('M352 288H470M352 312H440', '#b59f7f', 5),
    box([512, 188, 15, 430], 0, dark(colour, 0.45)),
    path('M400 618l-4 58 14-12 14 12-2-58Z', '#c4553a'),
  );

export const pen = () =>
  path('M150 640C220 560 280 650 350 600S420 560 450 585', 'none', {
    stroke: '#27406b',
    'stroke-width': 7,
    'stroke-linecap': 'round',
  }) +
  turn(
    -52,
    [450, 585],
    oval(640, 628, 220, 14, glow('#3a2540'), { opacity: 0.3 }),
    path('M446 585L512 562H530V608H512Z', across('#f4f0e4', '#aeb3ba')),
    line('M462 585H510', '#5c6067', 3),
    disc(512, 585, 5, '#5c6067'),
    path('M528 558L582 552V618L528 612Z', down('#4a464f', '#17151a')),
    box([580, 549, 12, 72], 3, down('#f0d48b', '#a47a2a')),
    box([590, 547, 210, 76], 8, down('#55515b', '#151318')),
    box([796, 549, 10, 72], 3, down('#f0d48b', '#a47a2a')),
    path('M804 551H900q30 34 0 68H804Z', down('#55515b', '#151318')),
    line('M600 562H790M812 564H896', '#ffffff', 7, { opacity: 0.35 }),
  );

const blade = (flip: number) =>
  mirrored(
    flip,
    path('M400 380C392 300 396 180 404 110C424 190 430 300 424 384Z', across('#f5f8f9', '#93a2aa')),
    line('M405 140C400 230 400 300 404 370', '#ffffff', 3, { opacity: 0.9 }),
    path(
      'M392 380H428L446 456C470 470 486 520 470 570C456 616 400 624 384 580C370 540 392 500 418 470Z',
      down('#3d3a42', '#1b191e'),
    ),
    path('M426 500C452 496 462 530 450 560C440 586 412 590 404 566C398 544 408 512 426 500Z', '#dfe7ec'),
  );
const mirrored = (flip: number, ...parts: string[]) =>
  turn(
    flip * -13,
    [412, 380],
    move(
      [flip > 0 ? 0 : 824, 0],
      1,
      flip > 0 ? parts.join('') : `<g transform="scale(-1 1)">${parts.join('')}</g>`,
    ),
  );

export const scissors = () =>
  polygon(
    [
      [210, 250],
      [590, 170],
      [640, 600],
      [250, 640],
    ],
    dark('#d3dfe8', 0.12),
    { opacity: 0.5 },
  ) +
  polygon(
    [
      [200, 236],
      [580, 160],
      [630, 590],
      [240, 630],
    ],
    '#fffdf7',
  ) +
  line('M396 200L384 30', '#b9c6cf', 3, { 'stroke-dasharray': '8 8' }) +
  path('M404 196L412 380 440 196Z', '#d3dfe8') +
  oval(430, 420, 150, 190, glow('#3a2540'), { opacity: 0.22 }) +
  move(
    [-8, 30],
    1,
    blade(-1),
    blade(1),
    disc(412, 384, 13, ball(brass)),
    line('M404 384h16', dark(brass, 0.5), 3),
  );

export const pencils = () => {
  const ends = ['#c4553a', '#dcae4b', '#5f8a6d', '#3f6f8e', '#7b5a83', '#d98a6b'];
  return (
    shadow(400, 634, 270) +
    box([140, 300, 520, 326], 30, down('#cdd4d6', '#8f9ba1')) +
    box([158, 318, 484, 290], 20, down('#5f6d75', '#7d8b92')) +
    clipped(
      'tin',
      'M158 318H642V608H158Z',
      repeat(12, (i) => {
        const x = 168 + i * 39;
        return (
          polygon(
            [
              [x + 4, 404],
              [x + 18, 346],
              [x + 32, 404],
            ],
            '#f0d3a4',
          ) +
          polygon(
            [
              [x + 13, 366],
              [x + 18, 340],
              [x + 23, 366],
            ],
            '#3a3438',
          ) +
          box([x + 4, 402, 28, 190], 2, across(light('#c98a5a', 0.3), dark('#c98a5a', 0.2))) +
          box([x + 13, 402, 9, 190], 0, light('#c98a5a', 0.35), { opacity: 0.7 }) +
          box(
            [x + 4, 548, 28, 60],
            2,
            across(light(ends[i % 6] ?? brass, 0.2), dark(ends[i % 6] ?? brass, 0.2)),
          )
        );
      }),
    ) +
    line('M160 322Q400 306 640 322', '#3a454b', 6, { opacity: 0.3 }) +
    box([140, 300, 520, 326], 30, 'none', { stroke: '#eef2f2', 'stroke-width': 4 }) +
    gleam('M168 306H380', 5, 0.7)
  );
};
