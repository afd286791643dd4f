import { across, dark, light } from './paint.ts';
import { box, clipped, line, oval, path, repeat } from './shapes.ts';

export const woods = {
  oak: '#cfa26b',
  walnut: '#7b5138',
  beech: '#e2b98a',
  larch: '#c98d58',
  ash: '#ddc39a',
  cherry: '#b5714a',
} as const;

/** Grain lines for the rectangle `[x, y, width, height]`, running the long way. */
export const grain = ([x, y, w, h]: readonly [number, number, number, number], colour: string, count = 7) =>
  repeat(count, (i) => {
    const across = (i + 0.6) / count;
    const bend = ((i * 37) % 11) - 5;
    const d =
      w >= h
        ? `M${x + w * 0.02} ${y + h * across}c${w * 0.3} ${bend} ${w * 0.6} ${-bend} ${w * 0.96} ${bend * 0.4}`
        : `M${x + w * across} ${y + h * 0.02}c${bend} ${h * 0.3} ${-bend} ${h * 0.6} ${bend * 0.4} ${h * 0.96}`;
    return line(d, dark(colour, 0.2), 2, { opacity: 0.5 });
  });

/** A board with grain inside any outline. */
export const plank = (
  name: string,
  outline: string,
  frame: readonly [number, number, number, number],
  colour: string,
) => {
  const [x, y, w] = frame;
  return (
    path(outline, across(light(colour, 0.22), dark(colour, 0.08))) +
    clipped(
      name,
      outline,
      grain(frame, colour, 8),
      oval(x + w * 0.62, y + 90, 16, 30, 'none', {
        stroke: dark(colour, 0.22),
        'stroke-width': 2,
        opacity: 0.5,
      }),
    )
  );
};

/** A straight bar of wood or metal with a lit edge. */
export const bar = (frame: readonly [number, number, number, number], r: number, colour: string) => {
  const [x, y, w, h] = frame;
  return (
    box(frame, r, across(light(colour, 0.2), dark(colour, 0.15))) +
    box([x, y, w, Math.min(6, h)], Math.min(r, 3), light(colour, 0.4), { opacity: 0.6 })
  );
};
