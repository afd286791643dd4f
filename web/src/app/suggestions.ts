/** The next highlighted row: the keys go round through "none", so that what was typed can be sent again. */
export function moveActive(active: number, key: 'ArrowDown' | 'ArrowUp', count: number): number {
  if (count === 0) return -1;
  const step = key === 'ArrowDown' ? 1 : -1;
  const rows = count + 1;
  return ((active + 1 + step + rows) % rows) - 1;
}
