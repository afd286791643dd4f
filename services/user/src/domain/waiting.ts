export interface Patience {
  /** Failures before the first wait. */
  free: number;
  firstWaitSeconds: number;
  longestWaitSeconds: number;
}

/** How long the key stays closed after its n-th failure: nothing at first, then doubling up to the longest. */
export function waitSeconds(failures: number, patience: Patience): number {
  const beyond = failures - patience.free;
  if (beyond <= 0) return 0;
  return Math.min(patience.longestWaitSeconds, patience.firstWaitSeconds * 2 ** Math.min(beyond - 1, 30));
}

/** One household or machine: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
