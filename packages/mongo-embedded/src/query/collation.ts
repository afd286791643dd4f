import { badValue, notSupported, typeMismatch } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import type { StringOrder } from '../values/order.ts';

const sensitivities: Record<number, 'base' | 'accent' | 'variant'> = { 1: 'base', 2: 'accent', 3: 'variant' };
const known = new Set([
  'locale',
  'strength',
  'numericOrdering',
  'caseLevel',
  'caseFirst',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

/** The string order a command's `collation` asks for; undefined for the simple one. */
export function stringOrder(collation: unknown): StringOrder | undefined {
  if (collation === undefined) return undefined;
  if (!isDocument(collation))
    throw typeMismatch("BSON field 'collation' is the wrong type, expected type 'object'");
  for (const name of Object.keys(collation)) {
    if (!known.has(name)) throw badValue(`BSON field 'collation.${name}' is an unknown field.`);
  }
  if (collation.locale === 'simple') return undefined;
  return collator(collation);
}

function collator(collation: Document): StringOrder {
  const { locale, strength = 3, caseLevel, caseFirst, alternate, backwards, numericOrdering } = collation;
  if (typeof locale !== 'string') throw badValue("Missing expected field 'locale'");
  const sensitivity = typeof strength === 'number' ? sensitivities[strength] : undefined;
  if (!sensitivity) throw notSupported(`collation strength ${String(strength)}`);
  const special = caseLevel === true || backwards === true || alternate === 'shifted';
  if (special || (caseFirst !== undefined && caseFirst !== 'off')) throw notSupported('this collation');
  if (Intl.Collator.supportedLocalesOf(locale.replace('_', '-')).length === 0) {
    throw badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
  const { compare } = new Intl.Collator(locale.replace('_', '-'), {
    sensitivity,
    numeric: numericOrdering === true,
  });
  return compare;
}
