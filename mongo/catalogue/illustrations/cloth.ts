import { across, dark, down, light } from './paint.ts';
import { line, path, repeat } from './shapes.ts';

/** Folded layers seen from the folded side, the lowest first. */
export const foldedStack = (
  [x, y, width, height]: readonly [number, number, number, number],
  layers: number,
  colour: string,
) => {
  const each = height / layers;
  return repeat(layers, (i) => {
    const top = y + height - (i + 1) * each;
    const inset = (i * 7) % 11;
    const [left, right, bottom] = [x + inset, x + width - inset, top + each];
    const r = each / 2;
    return (
      path(
        `M${left + r} ${top}H${right - 6}q8 ${r} 0 ${each}H${left + r}a${r} ${r} 0 0 1 0-${each}Z`,
        down(light(colour, 0.18), dark(colour, 0.14)),
      ) +
      line(`M${left + r} ${bottom - 2}H${right - 8}`, dark(colour, 0.38), 3, { opacity: 0.5 }) +
      line(`M${left + r} ${top + each * 0.5}H${right - 10}`, dark(colour, 0.25), 2, { opacity: 0.5 })
    );
  });
};

export const fringe = ([x, y, width]: readonly [number, number, number], length: number, colour: string) =>
  line(
    repeat(
      Math.floor(width / 11),
      (i) => `M${x + 6 + i * 11} ${y}q${(i % 3) - 1} ${length / 2} ${((i * 5) % 7) - 3} ${length}`,
    ),
    colour,
    5,
  );

/** Ribbed knitting between two curves that share their ends. */
export const ribs = (
  from: number,
  to: number,
  count: number,
  rib: (x: number, i: number) => string,
  colour: string,
) =>
  line(
    repeat(count, (i) => rib(from + ((to - from) * i) / (count - 1), i)),
    dark(colour, 0.26),
    4,
    { opacity: 0.55 },
  );

/** A garment panel with a lit left edge. */
export const panel = (d: string, colour: string) => path(d, across(light(colour, 0.14), dark(colour, 0.12)));
