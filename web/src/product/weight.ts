/** Grams below one kilogram, kilograms with one decimal from there. */
export function weightParts(grams: number): { value: number; unit: 'g' | 'kg'; digits: number } {
  return grams < 1000
    ? { value: grams, unit: 'g', digits: 0 }
    : { value: grams / 1000, unit: 'kg', digits: 1 };
}
