import { dark, down, glow } from './paint.ts';
import { shadow } from './scene.ts';
import { box, clipped, disc, group, line, oval, path, polygon, repeat, turn } from './shapes.ts';

const cream = '#f3e6cc';

const piece = (x: number, y: number, size: number) =>
  `M${x} ${y}h${size * 0.36}c-14-40 54-40 40 0H${x + size}v${size * 0.36}c40-14 40 54 0 40V${y + size}h-${size * 0.36}c14-40-54-40-40 0H${x}V${y + size * 0.36 + 40}c40 14 40-54 0-40Z`;

const house = (x: number, y: number, w: number, h: number, colour: string) =>
  box([x, y, w, h], 2, colour) +
  polygon(
    [
      [x - 6, y],
      [x + w / 2, y - w * 0.55],
      [x + w + 6, y],
    ],
    dark(colour, 0.3),
  ) +
  repeat(6, (i) =>
    box(
      [x + 12 + (i % 2) * (w - 44), y + 16 + Math.floor(i / 2) * 42, 20, 26],
      2,
      (i * 7 + x) % 4 ? '#f6cf6a' : '#3c4a70',
    ),
  );

export const puzzle = () => {
  const frame = 'M170 190H630V590H170Z';
  return (
    shadow(400, 634, 270) +
    box([164, 184, 472, 412], 10, '#2a2440', { opacity: 0.18, transform: 'translate(8 12)' }) +
    clipped(
      'puzzle',
      frame,
      box([170, 190, 460, 400], 0, down('#27325c', '#5a6a9c')),
      disc(520, 264, 44, '#fbeec0'),
      oval(520, 264, 120, 110, glow('#fbeec0'), { opacity: 0.5 }),
      repeat(14, (i) => disc(190 + ((i * 131) % 430), 206 + ((i * 67) % 120), 2.6, '#fff6d6')),
      house(190, 360, 76, 130, '#8a4f4a'),
      house(276, 330, 84, 160, '#3f5d74'),
      house(370, 370, 74, 120, '#b07a4a'),
      house(454, 344, 80, 150, '#5d4a72'),
      house(544, 372, 78, 120, '#46705f'),
      path('M160 486H640V600H160Z', down('#33477a', '#1f2b52')),
      line('M200 520h40M290 544h60M420 522h50M520 556h60M240 570h50M400 574h70', '#f6cf6a', 5, {
        opacity: 0.55,
      }),
      path('M330 500h120l-22 36h-78Z', '#d9604a'),
      line('M390 500V410', cream, 5),
      path('M394 416l50 76h-50Z', cream),
    ) +
    group(
      { opacity: 0.32 },
      line(
        [1, 2, 3, 4]
          .map((i) => `M${170 + i * 92} 190${repeat(4, () => 'v36c-18-12-18 40 0 28v36')}`)
          .join('') +
          [1, 2, 3]
            .map((i) => `M170 ${190 + i * 100}${repeat(5, () => 'h33c-12-18 38-18 26 0h33')}`)
            .join(''),
        '#10142e',
        3,
      ),
    ) +
    path(piece(540, 496, 92), tonesTable) +
    turn(
      16,
      [640, 600],
      path(piece(590, 560, 92), '#3a2540', { opacity: 0.25 }),
      path(piece(584, 550, 92), down('#5a4a72', '#27325c')),
      box([604, 574, 22, 28], 2, '#f6cf6a'),
    )
  );
};
const tonesTable = '#dcc59a';
