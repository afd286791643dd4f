import { getJwks, listEndedSessions } from '@shopstack/contracts/user';
import { type Api, ok } from '@shopstack/kit/api';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Sessions } from '../store/sessions.ts';

/** What every other service verifies access tokens with. */
export function keys(
  api: Api,
  deps: { ring: Pick<KeyRing, 'published'>; sessions: Pick<Sessions, 'recentlyEnded'> },
): void {
  api.on(getJwks, async () => ok({ keys: deps.ring.published() }, { 'cache-control': 'public, max-age=60' }));

  api.on(listEndedSessions, async () =>
    ok({ sids: await deps.sessions.recentlyEnded() }, { 'cache-control': 'no-store' }),
  );
}
