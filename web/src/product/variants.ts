import type { Product, Variant } from '@shopstack/contracts/catalogue';

export interface OptionValue {
  value: string;
  /** The variant one gets by choosing this value and keeping the rest as far as possible. */
  sku: string;
  selected: boolean;
  available: boolean;
}
export interface Option {
  name: string;
  values: OptionValue[];
}

const unique = (values: readonly string[]) => [...new Set(values)];

/** The variant that was asked for, else the one the service put first. */
export function chosenVariant(product: Product, sku: string | null): Variant | undefined {
  const { variants } = product;
  return (
    variants.find((one) => one.sku === sku) ?? variants.find((one) => one.sku === product.sku) ?? variants[0]
  );
}

const sameChoices = (one: Variant, other: Variant) =>
  Object.entries(other.options).filter(([name, value]) => one.options[name] === value).length;

function closest(candidates: readonly Variant[], current: Variant): Variant | undefined {
  const inStockFirst = (one: Variant) => (one.stock.state === 'out' ? 0 : 0.5);
  return [...candidates].sort(
    (a, b) => sameChoices(b, current) + inStockFirst(b) - sameChoices(a, current) - inStockFirst(a),
  )[0];
}

/** The choosers of a product page: each value leads to a variant that exists. */
export function optionsOf(variants: readonly Variant[], current: Variant): Option[] {
  const names = unique(variants.flatMap(({ options }) => Object.keys(options)));
  return names.map((name) => {
    const values = unique(variants.flatMap(({ options }) => options[name] ?? []));
    return {
      name,
      values: values.flatMap((value) => {
        const target = closest(
          variants.filter(({ options }) => options[name] === value),
          current,
        );
        if (!target) return [];
        const selected = current.options[name] === value;
        const variant = selected ? current : target;
        return { value, sku: variant.sku, selected, available: variant.stock.state !== 'out' };
      }),
    };
  });
}
