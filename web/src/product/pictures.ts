import type { Product, Variant } from '@shopstack/contracts/catalogue';

/** The picture whose description names what was chosen ("in sand"), else the first. */
export function pictureOf(images: Product['images'], variant: Pick<Variant, 'options'>): number {
  const chosen = Object.values(variant.options).map((value) => value.toLowerCase());
  const found = images.findIndex(({ alt }) => chosen.some((value) => alt.toLowerCase().includes(value)));
  return Math.max(0, found);
}
