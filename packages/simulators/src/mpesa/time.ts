/** Nairobi is three hours ahead of UTC all year. */
const AHEAD_MS = 3 * 3_600_000;

/** A moment as Daraja writes it: `20200804123600` and `2020-08-04 12:36:00`, Nairobi's time. */
export function daraja(at: Date) {
  const spaced = new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 19).replace('T', ' ');
  return { spaced, compact: spaced.replaceAll(/\D/g, '') };
}

/** Milliseconds since 1970 of `2020-08-04 12:36:00`; NaN when it is none. */
export const readDaraja = (text: string): number =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}+03:00`) : Number.NaN;
