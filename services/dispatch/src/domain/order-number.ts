/** Crockford's base 32: no I, L, O or U, so that it survives being read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A short number from at least eight random bytes, for example SH-7F3K2M9Q. */
export function orderNumber(random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError(`an order number needs ${LENGTH} random bytes`);
  const letters = Array.from(random.subarray(0, LENGTH), (byte) => alphabet.charAt(byte % alphabet.length));
  return `SH-${letters.join('')}`;
}

/** What a person typed as the number it means: letters that look like digits are read as digits. */
export function readOrderNumber(typed: string): string | undefined {
  const text = typed.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const letters = text.match(/^(?:SH-?)?([0-9A-HJKMNP-TV-Z]{8})$/)?.[1];
  return letters === undefined ? undefined : `SH-${letters}`;
}
