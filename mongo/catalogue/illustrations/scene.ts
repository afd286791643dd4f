import { dark, down, fade, glow, light } from './paint.ts';
import { box, disc, group, line, move, oval, path, polygon, repeat } from './shapes.ts';

const tones = {
  kitchen: '#f3d9bf',
  home: '#ecd9d3',
  desk: '#d3dfe8',
  garden: '#d7e5c8',
  travel: '#cfe3e4',
  wear: '#ded8ea',
  care: '#f4dcd9',
  play: '#f8e3ae',
} as const;
export type Category = keyof typeof tones;
export const categories = ['kitchen', 'home', 'desk', 'garden', 'travel', 'wear', 'care', 'play'] as const;

const wall = (tone: string) => box([0, 0, 800, 800], 0, down(light(tone, 0.45), tone));
const table = (tone: string, y = 610) =>
  box([0, y, 800, 800 - y], 0, down(dark(tone, 0.07), dark(tone, 0.16))) +
  box([0, y, 800, 3], 0, light(tone, 0.5), { opacity: 0.8 });

const backdrops: Record<Category, (tone: string) => string> = {
  kitchen: (tone) =>
    path('M150 612V350a250 250 0 0 1 500 0V612Z', light(tone, 0.55)) +
    line('M150 612V350a250 250 0 0 1 500 0V612', dark(tone, 0.05), 3),
  home: (tone) =>
    group(
      { opacity: 0.55 },
      ...[0, 1].flatMap((column) =>
        [0, 1].map((row) => {
          const [x, y] = [230 + column * 190, 70 + row * 240 - column * 40];
          return polygon(
            [
              [x, y + 36],
              [x + 170, y],
              [x + 170, y + 215],
              [x, y + 251],
            ],
            light(tone, 0.8),
          );
        }),
      ),
    ),
  desk: (tone) =>
    disc(400, 350, 275, light(tone, 0.55)) +
    disc(400, 350, 315, 'none', { stroke: light(tone, 0.4), 'stroke-width': 3 }),
  garden: (tone) =>
    disc(560, 240, 130, light(tone, 0.75)) +
    path('M0 470C140 400 300 410 430 470S700 500 800 430V640H0Z', dark(tone, 0.05)) +
    path('M0 560C180 480 380 520 520 550S720 540 800 510V640H0Z', dark(tone, 0.1)),
  travel: (tone) =>
    disc(400, 330, 210, light(tone, 0.65)) +
    path('M0 520L150 390 250 470 400 350 560 480 660 410 800 500V640H0Z', dark(tone, 0.06)) +
    path('M0 560C200 520 300 570 460 545S700 530 800 560V640H0Z', dark(tone, 0.11)),
  wear: (tone) =>
    box([120, 90, 560, 524], 280, light(tone, 0.5)) +
    box([150, 120, 500, 500], 250, light(tone, 0.25), { opacity: 0.6 }),
  care: (tone) =>
    repeat(5, (i) => line(`M0 ${120 * i + 20}H800`, light(tone, 0.6), 4)) +
    repeat(20, (i) =>
      line(
        `M${(i % 5) * 180 + (Math.floor(i / 5) % 2) * 90 - 10} ${Math.floor(i / 5) * 120 + 20}v120`,
        light(tone, 0.6),
        4,
      ),
    ),
  play: (tone) =>
    disc(400, 340, 260, light(tone, 0.6)) +
    repeat(9, (i) =>
      disc(80 + ((i * 263) % 660), 70 + ((i * 151) % 470), 9 + (i % 3) * 5, light(tone, 0.75)),
    ),
};

export const shadow = (cx: number, cy: number, rx: number, ry = rx * 0.16) =>
  oval(cx, cy, rx * 1.3, ry * 1.5, glow('#3a2540'), { opacity: 0.34 }) +
  oval(cx, cy, rx * 0.92, ry * 0.7, glow('#3a2540'), { opacity: 0.4 });

/** The set of a category: wall, shape and table, with the light from the upper left. */
export const fullStage = (category: Category, drawing: string) => {
  const tone = tones[category];
  const beam = polygon(
    [
      [0, 0],
      [330, 0],
      [800, 610],
      [380, 610],
    ],
    fade('#ffffff'),
    { opacity: 0.16 },
  );
  return wall(tone) + backdrops[category](tone) + table(tone) + beam + drawing;
};

/** One product on its set, filling most of the frame. */
export const stage = (category: Category, drawing: string) =>
  fullStage(category, move([-46, -71], 1.115, drawing));
