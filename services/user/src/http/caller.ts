import type { Principal, UserPrincipal } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';

/** The signed-in caller. @throws Problem `unauthenticated` for anybody else. */
export function callerOf(principal: Principal): UserPrincipal {
  if (principal.kind === 'user') return principal;
  throw problem('unauthenticated');
}
