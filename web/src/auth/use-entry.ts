import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { mergeCart } from '../api/cart.ts';
import { session } from '../api/client.ts';
import { type Credentials, createSignIn } from '../api/user.ts';
import { notify } from '../app/toasts.ts';
import { cartKey } from '../cart/use-cart.ts';
import { returnPath } from './return-path.ts';

/** Signs in (after `prepare`), brings the guest's cart along and goes back to where one was. */
export function useEntry<T extends Credentials>(
  greeting: 'signIn.welcome' | 'signUp.welcome',
  prepare?: (input: T) => Promise<unknown>,
) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return useMutation({
    mutationFn: async (input: T) => {
      await prepare?.(input);
      const answer = await createSignIn({ email: input.email, password: input.password });
      session.adopt(answer);
      const cart = await mergeCart().catch(() => undefined);
      if (cart) client.setQueryData(cartKey, cart);
      else await client.invalidateQueries({ queryKey: cartKey });
      return answer.user;
    },
    onSuccess: ({ name }) => {
      notify(t(greeting, { name }));
      void navigate(returnPath(params.get('to')), { replace: true });
    },
  });
}
