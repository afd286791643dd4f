export interface Line {
  sku: string;
  quantity: number;
}

/** The same SKU on two lines is one; sorted, so that two orders always take SKUs in the same order. */
export function sumBySku(lines: readonly Line[]): Line[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return [...sums].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
