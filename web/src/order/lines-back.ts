interface Line {
  sku: string;
  quantity: number;
}

/** Adds the lines one after the other and says how much of it worked. */
export async function addAll(
  lines: readonly Line[],
  add: (line: Line) => Promise<boolean>,
): Promise<'done' | 'partly' | 'none'> {
  let added = 0;
  for (const { sku, quantity } of lines) {
    if (await add({ sku, quantity })) added += 1;
  }
  if (added === 0) return 'none';
  return added === lines.length ? 'done' : 'partly';
}
