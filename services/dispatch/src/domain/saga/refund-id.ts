import { createHash } from 'node:crypto';

/**
 * The id under which payment knows this asking for a refund. Payment answers an id that failed with the same failure for
 * ever, so a refund that is asked for anew needs another: the first is the refund's own, later ones follow from it.
 */
export function refundIdOf(id: string, round: number): string {
  if (round === 1) return id;
  const digits = createHash('sha256').update(`${id} ${round}`).digest('hex');
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(12, 15)}`,
    `8${digits.slice(15, 18)}`,
  ];
  return [...parts, digits.slice(18, 30)].join('-');
}
