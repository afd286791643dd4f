import { across, dark, down } from './paint.ts';
import { shadow } from './scene.ts';
import { box, disc, line, oval, path, polygon } from './shapes.ts';
import { grain, plank, woods } from './wood.ts';

export const nestingBox = () =>
  box([360, 120, 60, 520], 8, across('#a88a68', '#7c6146')) +
  grain([362, 124, 56, 500], '#8a6b4c', 4) +
  shadow(392, 640, 90) +
  oval(400, 560, 150, 20, '#3a2540', { opacity: 0.14 }) +
  polygon(
    [
      [520, 258],
      [566, 240],
      [566, 532],
      [520, 556],
    ],
    dark(woods.larch, 0.35),
  ) +
  plank('box', 'M262 250H520V556H262Z', [262, 250, 258, 306], woods.larch) +
  polygon(
    [
      [226, 262],
      [262, 186],
      [570, 176],
      [594, 244],
      [534, 268],
    ],
    down('#8d99a1', '#5b666d'),
  ) +
  line('M228 262L534 268L594 244', '#44505a', 6) +
  line('M266 190L566 180', '#c5ced3', 4) +
  disc(388, 362, 48, dark(woods.larch, 0.2)) +
  disc(390, 364, 43, '#2b1f1c') +
  [
    [280, 270],
    [500, 270],
    [280, 536],
    [500, 536],
  ]
    .map(([x = 0, y = 0]) => disc(x, y, 5, '#6b6f72'))
    .join('') +
  bird();

const bird = () =>
  line('M470 640C560 600 640 610 740 570', '#6f533e', 14) +
  line('M600 566v34M628 562v34', '#4c4440', 5) +
  path('M520 620L470 664 540 604Z', '#4f7fa6') +
  path(
    'M540 560C530 480 590 430 640 452C690 470 690 560 620 590C580 604 548 596 510 626C520 600 536 586 540 560Z',
    across('#efd260', '#d8ac3a'),
  ) +
  path(
    'M536 566C540 500 580 480 600 520C606 560 570 596 506 640C516 610 534 596 536 566Z',
    across('#5d93bd', '#40719a'),
  ) +
  disc(640, 462, 40, '#fbf7ec') +
  path('M602 452C610 414 668 410 680 450C660 436 626 436 602 452Z', '#4a86b5') +
  path('M602 464Q640 452 682 466L684 472Q640 462 604 474Z', '#2e3a4a') +
  path('M678 464l26 8-24 8Z', '#3a3a40') +
  disc(660, 464, 5, '#1d1d22') +
  path('M626 498q18 10 36-2l-10 22q-12 6-18-4Z', '#2e3a4a');
