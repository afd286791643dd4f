import { session } from '../api/client.ts';
import { cartKey } from '../cart/use-cart.ts';
import { queries } from './queries.ts';

const isPersonal = (key: readonly unknown[]) => String(key[0]).startsWith('my-');

/** When a session ends elsewhere, nothing of that person stays on the screen of the guest who remains. */
export function forgetPersonWhenSessionEnds(): void {
  session.subscribe(() => {
    const state = session.state();
    if (state.status !== 'guest' || !state.ended) return;
    queries.removeQueries({ predicate: ({ queryKey }) => isPersonal(queryKey) });
    void queries.invalidateQueries({ queryKey: cartKey });
  });
}
