import type { Collection } from './collection.ts';
import { across, ball, dark, down, glow, light, round } from './paint.ts';
import { shadow } from './scene.ts';
import { box, disc, line, move, oval, path, polygon, repeat, turn } from './shapes.ts';
import { notebook, pen, pencils, scissors } from './stationery.ts';
import { mouth, turned } from './vessels.ts';
import { bar, grain, woods } from './wood.ts';

const brass = '#d0a44c';

const deskLamp = (colour: string) =>
  polygon(
    [
      [486, 306],
      [604, 246],
      [740, 636],
      [400, 636],
    ],
    '#fff3c9',
    { opacity: 0.6 },
  ) +
  oval(570, 636, 170, 26, glow('#fff0b8')) +
  shadow(270, 640, 130) +
  turned(
    270,
    [
      [606, 92],
      [630, 98],
    ],
    colour,
  ) +
  oval(270, 606, 92, 14, light(colour, 0.3)) +
  line('M270 604L210 408', dark(colour, 0.12), 17) +
  line('M210 408L440 236', colour, 17) +
  line('M206 400L434 230', light(colour, 0.4), 4, { opacity: 0.7 }) +
  turn(
    -28,
    [470, 220],
    box([436, 168, 66, 44], 16, round(colour)),
    path('M440 200h58l48 106H392Z', across(light(colour, 0.25), dark(colour, 0.28))),
    oval(469, 306, 77, 15, '#fff6d6'),
    line('M436 230l-24 56', '#ffffff', 7, { opacity: 0.35 }),
  ) +
  [
    [270, 600, 15],
    [210, 408, 20],
    [440, 236, 18],
  ]
    .map(([x = 0, y = 0, r = 0]) => disc(x, y, r, ball(brass)) + disc(x, y, r * 0.35, dark(brass, 0.35)))
    .join('');

const deskMat = (colour: string) =>
  shadow(400, 606, 320, 50) +
  polygon(
    [
      [216, 400],
      [584, 400],
      [712, 606],
      [88, 606],
    ],
    dark(colour, 0.35),
  ) +
  polygon(
    [
      [216, 392],
      [584, 392],
      [712, 594],
      [88, 594],
    ],
    down(light(colour, 0.06), colour),
  ) +
  line('M222 402H578L696 586H104Z', light(colour, 0.55), 3, { 'stroke-dasharray': '10 8', opacity: 0.85 }) +
  repeat(60, (i) =>
    disc(
      236 + ((i * 173) % 330),
      412 + ((i * 71) % 168),
      1.8,
      i % 2 ? light(colour, 0.4) : dark(colour, 0.3),
      { opacity: 0.5 },
    ),
  ) +
  polygon(
    [
      [300, 446],
      [500, 446],
      [534, 530],
      [266, 530],
    ],
    dark('#e9e5df', 0.2),
  ) +
  polygon(
    [
      [300, 438],
      [500, 438],
      [534, 520],
      [266, 520],
    ],
    '#f2eee7',
  ) +
  repeat(4, (row) =>
    repeat(10, (i) =>
      polygon(
        [
          [306 + i * 19 - row * 8 + i * row * 1.6, 444 + row * 19],
          [321 + i * 19 - row * 8 + i * row * 1.6, 444 + row * 19],
          [322 + i * 19 - row * 9 + i * row * 1.8, 457 + row * 19],
          [303 + i * 19 - row * 9 + i * row * 1.8, 457 + row * 19],
        ],
        '#c9c3ba',
      ),
    ),
  ) +
  oval(598, 536, 26, 32, '#b9b2a8') +
  oval(596, 531, 26, 32, ball('#f2eee7')) +
  line('M596 504V528', '#b9b2a8', 3) +
  turned(
    196,
    [
      [440, 44],
      [500, 42],
      [516, 36],
    ],
    '#5a8ba0',
  ) +
  mouth(196, 440, 44, '#5a8ba0', '#4a2f22');

const cube = (x: number, y: number, figure: string) =>
  polygon(
    [
      [x, y],
      [x + 16, y - 16],
      [x + 150, y - 16],
      [x + 134, y],
    ],
    light(woods.beech, 0.45),
  ) +
  polygon(
    [
      [x + 134, y],
      [x + 150, y - 16],
      [x + 150, y + 118],
      [x + 134, y + 134],
    ],
    dark(woods.beech, 0.25),
  ) +
  box([x, y, 134, 134], 4, across(light(woods.beech, 0.25), woods.beech)) +
  grain([x, y, 134, 134], woods.beech, 5) +
  move([x, y], 1, line(figure, '#3d4f5e', 15));

const calendar = () =>
  shadow(400, 640, 260) +
  path(
    'M170 300q0-24 24-24H606q24 0 24 24V610H170Z',
    across(light(woods.walnut, 0.12), dark(woods.walnut, 0.12)),
  ) +
  grain([180, 284, 440, 300], woods.walnut, 9) +
  path('M214 330H586V560H214Z', dark(woods.walnut, 0.4), { opacity: 0.55 }) +
  cube(246, 352, 'M48 48L70 32V102M48 102H92') +
  cube(416, 352, 'M42 34H92L60 102') +
  (
    [
      ['#c4553a', 0],
      ['#dcae4b', 1],
      ['#5f8a6d', 2],
    ] as const
  )
    .map(
      ([colour, i]) =>
        bar([232, 506 + i * 27, 346, 24], 4, colour) +
        repeat(4, (n) => box([262 + n * 84, 515 + i * 27, 40, 6], 3, light(colour, 0.6))),
    )
    .join('') +
  path('M140 590H660L640 636H160Z', down(light(woods.walnut, 0.2), dark(woods.walnut, 0.2))) +
  line('M142 592H658', light(woods.walnut, 0.5), 4);

export const desk: Collection = {
  'angle-desk-lamp': { colours: { 'pine-green': '#3f6b58', cream: '#e5d7b9' }, draw: deskLamp },
  'field-notebook': {
    colours: { moss: '#6f7f4c', ochre: '#cf9437', 'night-blue': '#34476b' },
    draw: notebook,
  },
  'linea-fountain-pen': { draw: () => move([-50, 20], 1, pen()) },
  'felt-desk-mat': { colours: { 'light-grey': '#a9acb0', graphite: '#56585f' }, draw: deskMat },
  'perpetual-calendar': { draw: calendar },
  'paper-scissors': { draw: scissors },
  'cedar-pencils': { draw: pencils },
};
