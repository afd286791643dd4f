import { User } from '@shopstack/contracts/user';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import type { Credentials } from './credentials.ts';

export function openUserClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'user', baseUrl });
  return {
    /** Where the caller gets mail. @throws Problem */
    async email(credentials: Credentials): Promise<string> {
      const headers = { ...credentials };
      const reply = await outbound.call({ method: 'GET', path: '/users/me', headers, answer: User });
      if (reply.ok) return reply.body.email;
      if (reply.status === 401) throw problem('unauthenticated');
      throw problem(reply.status === 403 ? 'account-disabled' : 'unavailable', 'The account cannot be read.');
    },
    close: outbound.close,
  };
}
export type UserClient = ReturnType<typeof openUserClient>;
