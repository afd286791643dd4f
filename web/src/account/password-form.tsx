import { zodResolver } from '@hookform/resolvers/zod';
import { changePassword as operation } from '@shopstack/contracts/user';
import { useMutation } from '@tanstack/react-query';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/user.ts';
import { useFailure } from '../app/use-failure.ts';
import { PasswordField } from '../auth/entry-field.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface Passwords {
  currentPassword: string;
  newPassword: string;
}
const empty: Passwords = { currentPassword: '', newPassword: '' };

export function PasswordForm() {
  const { t } = useTranslation('account');
  const explain = useFailure();
  const form = useForm<Passwords>({ resolver: zodResolver(operation.body), defaultValues: empty });
  const save = useMutation({ mutationFn: changePassword, onSuccess: () => form.reset(empty) });
  return (
    <section aria-labelledby="password" className="card p-5 md:p-7">
      <h2 id="password" className="mb-5 text-2xl font-semibold">
        {t('password.title')}
      </h2>
      <FormProvider {...form}>
        <form noValidate className="grid gap-5" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
          {save.error && (
            <Notice tone="bad" urgent>
              {explain(save.error)}
            </Notice>
          )}
          {save.isSuccess && (
            <Notice tone="good" urgent>
              {t('password.saved')}
            </Notice>
          )}
          <PasswordField
            name="currentPassword"
            autoComplete="current-password"
            label={t('password.current')}
          />
          <PasswordField
            name="newPassword"
            autoComplete="new-password"
            label={t('password.next')}
            hint={t('signUp.passwordHint')}
          />
          <Button type="submit" className="w-fit" busy={save.isPending}>
            {t('password.save')}
          </Button>
        </form>
      </FormProvider>
    </section>
  );
}
