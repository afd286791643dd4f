import { dark, light } from './paint.ts';
import { group, line, oval, type Point, path, repeat, turn } from './shapes.ts';

/** A leaf of unit length 100 that points up from `at`. */
export const leaf = (at: Point, length: number, degrees: number, colour: string, plump = 0.34) => {
  const w = 100 * plump;
  const [x, y] = at.map((value) => Math.round(value * 10) / 10);
  const transform = `translate(${x} ${y})rotate(${degrees})scale(${Math.round(length) / 100})`;
  return group(
    { transform },
    path(`M0 0C${-w} -28 ${-w} -72 0 -100C${w} -72 ${w} -28 0 0Z`, colour),
    path(`M0 0C${w} -28 ${w} -72 0 -100Z`, dark(colour, 0.14)),
  );
};

/** A stem with narrow needles, such as rosemary. */
export const needles = (at: Point, height: number, degrees: number, colour: string) => {
  const [x, y] = at;
  const row = (side: number) =>
    repeat(9, (i) => `M${x} ${y - height * (0.3 + i * 0.075)}l${side * (20 - i)} ${-22}`);
  return turn(
    degrees,
    at,
    line(`M${x} ${y}V${y - height}`, dark(colour, 0.25), 5),
    line(row(-1), light(colour, 0.16), 5),
    line(row(1), dark(colour, 0.06), 5),
  );
};

/** A stem with pairs of leaves, growing up from `at` and leaning by `degrees`. */
export const sprig = (
  at: Point,
  height: number,
  degrees: number,
  colour: string,
  pairs = 5,
  plump = 0.34,
) => {
  const [x, y] = at;
  const leaves = repeat(pairs, (i) => {
    const up = y - height * (0.25 + (0.7 * i) / pairs);
    const size = height * (0.3 - i * 0.02);
    return (
      leaf([x, up], size, 52, dark(colour, 0.06), plump) +
      leaf([x, up + 6], size, -52, light(colour, 0.1), plump)
    );
  });
  const stem = line(`M${x} ${y}V${y - height}`, dark(colour, 0.25), 5);
  return turn(degrees, at, stem, leaves, leaf([x, y - height + 8], height * 0.24, 0, colour, plump));
};

/** A flower spike such as lavender. */
export const spike = (at: Point, height: number, degrees: number, colour: string) => {
  const [x, y] = at;
  const buds = (from: number, to: number, side: number) =>
    repeat(
      to - from,
      (i) =>
        `M${x + side * height * (0.031 - (from + i) * 0.0022)} ${y - height * (0.55 + (from + i) * 0.068)}v${-height * 0.012}`,
    );
  const dots = (side: number, tint: string) =>
    line(buds(0, 4, side), tint, height * 0.064) + line(buds(4, 7, side), tint, height * 0.046);
  return turn(
    degrees,
    at,
    line(`M${x} ${y}V${y - height}`, '#71885c', 4),
    dots(-1, colour),
    dots(1, dark(colour, 0.14)),
  );
};

const petal = ([x, y]: Point, r: number, angle: number, width: number) => {
  const at = (distance: number, offset: number) =>
    `${x + Math.cos(angle + offset) * distance} ${y + Math.sin(angle + offset) * distance}`;
  return `M${x} ${y}C${at(r * 0.7, -width)} ${at(r * 1.1, -width)} ${at(r, 0)}C${at(r * 1.1, width)} ${at(r * 0.7, width)} ${x} ${y}Z`;
};

export const blossom = (at: Point, r: number, colour: string, petals = 8, heart = '#e7b23e') => {
  const [x, y] = at;
  const every = (Math.PI * 2) / petals;
  const ring = (rest: number) =>
    repeat(Math.ceil((petals - rest) / 2), (i) => petal(at, r, every * (i * 2 + rest), every * 0.62));
  return (
    path(ring(0), colour) +
    path(ring(1), light(colour, 0.2)) +
    oval(x, y, r * 0.28, r * 0.28, heart) +
    oval(x - r * 0.05, y - r * 0.05, r * 0.17, r * 0.17, light(heart, 0.3))
  );
};
