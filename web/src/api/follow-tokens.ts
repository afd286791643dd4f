type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (orderId: string) => `follow:${orderId}`;

/** A guest opens an order with the token that came with it; it stays in this browser. */
export const followTokenOf = (memory: Memory, orderId: string): string | undefined =>
  memory.getItem(keyOf(orderId)) ?? undefined;

export const rememberFollowToken = (memory: Memory, orderId: string, token: string): void =>
  memory.setItem(keyOf(orderId), token);

/** The link in an e-mail carries the token behind `#`, which browsers never send to a server. */
export function followTokenInHash(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('follow') ?? undefined;
}
