/** Nairobi is three hours ahead of UTC all year. */
const AHEAD_MS = 3 * 3_600_000;

/** `2020-08-04 12:36:00` in Nairobi, as Daraja writes times. */
export const darajaTime = (at: Date): string =>
  new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 19).replace('T', ' ');
/** `20200804123600`, as it signs them. */
export const darajaTimestamp = (at: Date): string => darajaTime(at).replaceAll(/\D/g, '');
