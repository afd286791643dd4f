import { hasRole, type Principal } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';
import { learn } from '@shopstack/kit/work';
import type { FollowTokens } from '../domain/follow-token.ts';
import type { OrderRecord } from '../domain/order.ts';
import type { Orders } from '../store/orders.ts';

interface Caller {
  principal: Principal;
  followToken: string | undefined;
}
interface Deps {
  orders: Pick<Orders, 'read'>;
  followTokens: FollowTokens;
}

/** How the caller stands to the order; somebody else's order does not exist for them. */
function standing(caller: Caller, order: OrderRecord, tokens: FollowTokens): 'owner' | 'support' | undefined {
  const { principal } = caller;
  const owns = principal.kind === 'user' && order.userId === principal.id;
  // A token is made for guests' orders only, so no token opens a signed-in customer's order.
  const follows = order.userId === undefined && tokens.opens(order.id, caller.followToken);
  if (owns || follows) return 'owner';
  return hasRole(principal, 'support') ? 'support' : undefined;
}

/** @throws Problem `not-found` unless the caller may see the order. */
export async function readFor(deps: Deps, caller: Caller, orderId: string) {
  const order = await deps.orders.read(orderId);
  const as = order && standing(caller, order, deps.followTokens);
  if (!order || !as) throw problem('not-found');
  learn({ orderId });
  return { order, as };
}
