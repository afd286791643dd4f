export type TaxClass = 'standard' | 'reduced' | 'zero';

/** VAT rates in basis points, as published by the European Commission and the named countries (checked 2026-11). */
const rates: Readonly<Record<string, { standard: number; reduced: number }>> = {
  AT: { standard: 2000, reduced: 1000 },
  BE: { standard: 2100, reduced: 600 },
  BG: { standard: 2000, reduced: 900 },
  CH: { standard: 810, reduced: 260 },
  CY: { standard: 1900, reduced: 500 },
  CZ: { standard: 2100, reduced: 1200 },
  DE: { standard: 1900, reduced: 700 },
  DK: { standard: 2500, reduced: 2500 },
  EE: { standard: 2400, reduced: 900 },
  ES: { standard: 2100, reduced: 1000 },
  FI: { standard: 2550, reduced: 1350 },
  FR: { standard: 2000, reduced: 550 },
  GB: { standard: 2000, reduced: 500 },
  GR: { standard: 2400, reduced: 1300 },
  HR: { standard: 2500, reduced: 1300 },
  HU: { standard: 2700, reduced: 1800 },
  IE: { standard: 2300, reduced: 1350 },
  IT: { standard: 2200, reduced: 1000 },
  KE: { standard: 1600, reduced: 1600 },
  LT: { standard: 2100, reduced: 900 },
  LU: { standard: 1700, reduced: 800 },
  LV: { standard: 2100, reduced: 1200 },
  MT: { standard: 1800, reduced: 500 },
  NL: { standard: 2100, reduced: 900 },
  NO: { standard: 2500, reduced: 1500 },
  PL: { standard: 2300, reduced: 800 },
  PT: { standard: 2300, reduced: 600 },
  RO: { standard: 2100, reduced: 1100 },
  SE: { standard: 2500, reduced: 1200 },
  SI: { standard: 2200, reduced: 950 },
  SK: { standard: 2300, reduced: 1900 },
};

/**
 * Tax contained in a gross price, in basis points of the net price. Goods leave the tax area of a country we have no
 * rate for: nothing is owed here.
 */
export function taxRateBp(taxClass: TaxClass, country: string): number {
  if (taxClass === 'zero') return 0;
  return rates[country]?.[taxClass] ?? 0;
}
