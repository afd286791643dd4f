import { across, dark, down, light } from './paint.ts';
import { box, line, path, polygon, turn } from './shapes.ts';

/** A hardcover standing half turned, its cover picture drawn in a 300 × 400 frame at 270/190. */
export const book = (colour: string, picture: string) =>
  turn(
    -4,
    [400, 620],
    polygon(
      [
        [570, 196],
        [612, 214],
        [612, 606],
        [570, 596],
      ],
      dark(colour, 0.35),
    ),
    polygon(
      [
        [570, 204],
        [604, 219],
        [604, 598],
        [570, 588],
      ],
      across('#e9dcc4', '#fffaf0'),
    ),
    line('M579 210V590M587 214V592M595 217V595', '#cbb998', 2),
    box([250, 190, 322, 412], 8, across(light(colour, 0.1), dark(colour, 0.06))),
    picture,
    box([250, 190, 30, 412], 8, down(dark(colour, 0.14), dark(colour, 0.26)), { opacity: 0.75 }),
    line('M286 192V600', dark(colour, 0.4), 3, { opacity: 0.45 }),
    path('M282 190H420L300 602H282Z', '#ffffff', { opacity: 0.07 }),
  );
