import { across, dark, light, round } from './paint.ts';
import { line, oval, type Point, path } from './shapes.ts';

/** Half a silhouette from top to bottom: `[y, radius]`. */
export type Profile = readonly (readonly [y: number, radius: number])[];

const curve = (points: readonly Point[]) => {
  let d = '';
  for (let i = 0; i + 1 < points.length; i++) {
    const [p1, p2] = [points[i], points[i + 1]];
    if (!p1 || !p2) continue;
    const p0 = points[i - 1] ?? p1;
    const p3 = points[i + 2] ?? p2;
    d += `C${p1[0] + (p2[0] - p0[0]) / 6} ${p1[1] + (p2[1] - p0[1]) / 6} ${p2[0] - (p3[0] - p1[0]) / 6} ${
      p2[1] - (p3[1] - p1[1]) / 6
    } ${p2[0]} ${p2[1]}`;
  }
  return d;
};

export const outlineOf = (cx: number, profile: Profile, tilt = 0.14) => {
  const left = profile.map(([y, r]): Point => [cx - r, y]);
  const right = profile.map(([y, r]): Point => [cx + r, y]).reverse();
  const [topY, topR] = profile[0] ?? [0, 0];
  const [bottomY, bottomR] = profile.at(-1) ?? [0, 0];
  return `M${cx - topR} ${topY}${curve(left)}A${bottomR} ${bottomR * tilt} 0 0 0 ${cx + bottomR} ${bottomY}${curve(
    right,
  )}A${topR} ${topR * tilt} 0 0 0 ${cx - topR} ${topY}Z`;
};

/** A body of revolution, as thrown on a wheel or turned on a lathe. */
export const turned = (cx: number, profile: Profile, colour: string, tilt = 0.14) =>
  path(outlineOf(cx, profile, tilt), round(colour));

/** An open mouth seen a little from above. */
export const mouth = (cx: number, y: number, r: number, colour: string, inside = dark(colour, 0.45)) =>
  oval(cx, y, r, r * 0.14, light(colour, 0.3)) +
  oval(cx, y + 2, r * 0.93, r * 0.115, across(dark(inside, 0.25), light(inside, 0.12)));

export const lid = (cx: number, y: number, r: number, colour: string) =>
  oval(cx, y, r, r * 0.14, across(light(colour, 0.35), colour));

/** A soft vertical highlight on the lit side. */
export const gleam = (d: string, width = 14, opacity = 0.4) => line(d, '#ffffff', width, { opacity });

export const steam = (cx: number, y: number) =>
  [-34, 0, 34]
    .map((offset, i) =>
      line(`M${cx + offset} ${y}c-22-28 22-46 0-${78 + (i % 2) * 26}`, '#ffffff', 9, { opacity: 0.62 }),
    )
    .join('');
