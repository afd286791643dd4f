import { across, ball, dark, light, round } from './paint.ts';
import { shadow } from './scene.ts';
import { disc, line, move, oval, path, polygon, repeat } from './shapes.ts';
import { type Profile, turned } from './vessels.ts';

const pawn: Profile = [
  [-64, 5],
  [-58, 8],
  [-30, 12],
  [-12, 22],
  [0, 26],
];
const chessPiece = (x: number, y: number, size: number, colour: string, crown: 'pawn' | 'king' | 'rook') =>
  oval(x + 12, y + 2, 34 * size, 9 * size, '#3a2540', { opacity: 0.22 }) +
  move(
    [x, y],
    size,
    turned(
      0,
      crown === 'pawn'
        ? pawn
        : [
            [-104, 14],
            [-92, 12],
            [-40, 15],
            [-14, 26],
            [0, 30],
          ],
      colour,
      0.24,
    ),
    crown === 'pawn' ? disc(0, -72, 18, ball(colour)) : '',
    crown === 'king'
      ? path('M-20-104Q0-96 20-104L26-132Q0-142-26-132Z', round(colour)) +
          line('M0-134v-30M-11-152h22', dark(colour, 0.1), 7)
      : '',
    crown === 'rook' ? path('M-24-100V-136h11v12h7v-12h12v12h7v-12h11V-100Q0-90-24-100Z', round(colour)) : '',
  );

export const chess = () => {
  const corner = (u: number, v: number) =>
    [400 + (u - 4) * (52 + v * 6.6), 396 + v * 24 + v * v * 0.4] as const;
  const squares = repeat(64, (i) => {
    const [u, v] = [i % 8, Math.floor(i / 8)];
    return (u + v) % 2
      ? polygon([corner(u, v), corner(u + 1, v), corner(u + 1, v + 1), corner(u, v + 1)], '#7b5138')
      : '';
  });
  const stand = (u: number, v: number) => corner(u + 0.5, v + 0.62);
  const put = (u: number, v: number, size: number, colour: string, kind: 'pawn' | 'king' | 'rook') => {
    const [x, y] = stand(u, v);
    return chessPiece(x, y, size, colour, kind);
  };
  return (
    shadow(400, 615, 380, 46) +
    move(
      [72, 84],
      0.82,
      polygon(
        [
          [172, 376],
          [628, 376],
          [834, 636],
          [-34, 636],
        ],
        across(light('#8a5d40', 0.1), '#6b452f'),
      ),
      polygon([corner(0, 0), corner(8, 0), corner(8, 8), corner(0, 8)], '#ecd3a4'),
      squares,
      [1, 2, 4, 6].map((u) => put(u, 1, 0.9, '#5a3a2a', 'pawn')).join(''),
      put(3, 0, 1, '#5a3a2a', 'king'),
      put(7, 0, 0.95, '#5a3a2a', 'rook'),
      put(4, 4, 1.15, '#efdcb6', 'pawn'),
      put(1, 5, 1.2, '#efdcb6', 'pawn'),
      put(6, 5, 1.2, '#efdcb6', 'pawn'),
      put(3, 6, 1.35, '#efdcb6', 'king'),
      put(7, 6, 1.25, '#efdcb6', 'rook'),
      put(0, 6, 1.25, '#efdcb6', 'rook'),
    )
  );
};
