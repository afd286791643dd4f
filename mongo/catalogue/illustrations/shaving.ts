import { across, ball, down, light, round } from './paint.ts';
import { shadow } from './scene.ts';
import { box, disc, line, path, repeat, turn } from './shapes.ts';
import { gleam, type Profile, turned } from './vessels.ts';
import { woods } from './wood.ts';

const foamBowl = () => {
  const bowl: Profile = [
    [470, 128],
    [530, 118],
    [600, 84],
    [632, 66],
  ];
  return (
    shadow(540, 640, 140) +
    [
      [460, 460, 44],
      [520, 430, 58],
      [590, 446, 50],
      [630, 464, 32],
      [500, 470, 46],
      [566, 470, 50],
    ]
      .map(([x = 0, y = 0, r = 0]) => disc(x, y, r, ball('#fdfcf8')))
      .join('') +
    turned(540, bowl, '#6d93a6') +
    line('M414 474A126 18 0 0 0 666 474', light('#6d93a6', 0.45), 8) +
    gleam('M436 510q12 60 50 96', 11, 0.35)
  );
};

export const razor = () =>
  foamBowl() +
  turn(
    44,
    [560, 420],
    path('M536 330C530 270 526 220 540 196H580C594 220 590 270 584 330Z', across('#f5e6cb', '#c4a374')),
    line('M546 210V320M560 206V322M574 210V320', '#a98857', 3, { opacity: 0.6 }),
    turned(
      560,
      [
        [328, 26],
        [350, 30],
        [366, 18],
        [420, 22],
        [446, 30],
      ],
      woods.walnut,
    ),
  ) +
  shadow(270, 640, 100) +
  turn(
    -10,
    [270, 640],
    turned(
      270,
      [
        [330, 15],
        [350, 17],
        [580, 17],
        [606, 21],
        [626, 18],
      ],
      '#c3ccd2',
    ),
    line(
      repeat(9, (i) => `M256 ${400 + i * 20}l28 12M284 ${400 + i * 20}l-28 12`),
      '#7d8a92',
      3,
      { opacity: 0.6 },
    ),
    box([256, 304, 28, 34], 4, round('#aab5bc')),
    path('M176 250Q270 216 364 250L372 296H168Z', down('#f4f7f8', '#96a3ab')),
    box([166, 290, 208, 20], 8, down('#dfe5e8', '#8b98a0')),
    line(
      repeat(18, (i) => `M${178 + i * 11} 298v12`),
      '#5f6d75',
      3,
    ),
    line('M196 258Q270 236 344 258', '#ffffff', 8, { opacity: 0.9 }),
    line('M264 356V570', '#ffffff', 5, { opacity: 0.7 }),
  );
