import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { session } from '../api/client.ts';
import { endCurrentSession } from '../api/user.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { dropDraft } from '../checkout/checkout-form.ts';
import { Button } from '../ui/button.tsx';

export function SignOutButton() {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const navigate = useNavigate();
  const explain = useFailure();
  const leave = useMutation({
    mutationFn: endCurrentSession,
    onSuccess: async () => {
      await navigate('/', { replace: true });
      session.leave();
      dropDraft(sessionStorage);
      client.clear();
      notify(t('signedOut'));
    },
    onError: (error) => notify(explain(error), 'bad'),
  });
  return (
    <Button look="quiet" busy={leave.isPending} onClick={() => leave.mutate()}>
      {t('signOut')}
    </Button>
  );
}
