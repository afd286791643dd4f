import { CartContents, getCartContents } from '@shopstack/contracts/cart';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import type { Credentials } from './credentials.ts';

export function openCartClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'cart', baseUrl });
  return {
    /** The caller's own cart. @throws Problem */
    async read(credentials: Credentials): Promise<CartContents> {
      const reply = await outbound.call({
        method: 'GET',
        path: getCartContents.path,
        headers: { ...credentials },
        answer: CartContents,
      });
      if (reply.ok) return reply.body;
      throw problem(reply.status === 401 ? 'unauthenticated' : 'unavailable', 'The cart cannot be read.');
    },
    close: outbound.close,
  };
}
export type CartClient = ReturnType<typeof openCartClient>;
