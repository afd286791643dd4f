import { createHash, timingSafeEqual } from 'node:crypto';
import type { Policy } from '@shopstack/contracts/roles';
import type { Request } from 'express';
import { hasRole, type Principal } from './principal.ts';
import { problem } from './problem.ts';
import type { Verify } from './token.ts';

export interface Authorisation {
  verify: Verify;
  /** Keys of partners by name, for example the carrier's. */
  partners?: Readonly<Record<string, string>>;
}

const bearer = (req: Request): string | undefined =>
  req.get('authorization')?.match(/^Bearer ([^\s]+)$/i)?.[1];
const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/**
 * Who calls, if the policy lets them in.
 * @throws Problem 401 without or with a bad token, 403 with the wrong role.
 */
export async function authorise(req: Request, policy: Policy, how: Authorisation): Promise<Principal> {
  switch (policy.kind) {
    case 'anyone':
    case 'internal':
    case 'webhook':
      return { kind: 'guest' };
    case 'shopper':
      return req.get('authorization') === undefined ? { kind: 'guest' } : user(req, how);
    case 'signed-in':
      return user(req, how);
    case 'follower':
      if (req.get('authorization') === undefined && req.get('follow-token')) return { kind: 'guest' };
      return user(req, how);
    case 'roles': {
      const partner = policy.partner && partnerOf(req, policy.partner, how);
      if (partner) return partner;
      const principal = await user(req, how);
      if (!hasRole(principal, ...policy.roles)) throw problem('forbidden');
      return principal;
    }
    default:
      return policy satisfies never;
  }
}

async function user(req: Request, how: Authorisation): Promise<Principal> {
  const token = bearer(req);
  if (token === undefined) throw problem('unauthenticated');
  return how.verify(token);
}

function partnerOf(req: Request, name: string, how: Authorisation): Principal | undefined {
  const expected = how.partners?.[name];
  const shown = bearer(req);
  return expected && shown && same(expected, shown) ? { kind: 'partner', name } : undefined;
}
