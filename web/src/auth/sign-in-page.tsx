import { zodResolver } from '@hookform/resolvers/zod';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useFailure } from '../app/use-failure.ts';
import { usePage } from '../app/use-page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { EntryField, PasswordField } from './entry-field.tsx';
import { SignInForm } from './entry-form.ts';
import { EntryPage } from './entry-page.tsx';
import { useEntry } from './use-entry.ts';

export function SignInPage() {
  const { t } = useTranslation('account');
  const explain = useFailure();
  const { search } = useLocation();
  const form = useForm<SignInForm>({
    resolver: zodResolver(SignInForm),
    defaultValues: { email: '', password: '' },
  });
  const entry = useEntry<SignInForm>('signIn.welcome');
  usePage(t('signIn.title'));
  return (
    <EntryPage title={t('signIn.title')} lead={t('signIn.lead')}>
      <FormProvider {...form}>
        <form
          noValidate
          className="card grid gap-5 p-6 md:p-8"
          onSubmit={form.handleSubmit((input) => entry.mutate(input))}
        >
          {entry.error && (
            <Notice tone="bad" urgent>
              {explain(entry.error)}
            </Notice>
          )}
          <EntryField name="email" type="email" autoComplete="username" label={t('signIn.email')} />
          <PasswordField name="password" autoComplete="current-password" label={t('signIn.password')} />
          <Button type="submit" busy={entry.isPending}>
            {entry.isPending ? t('signIn.working') : t('signIn.submit')}
          </Button>
        </form>
      </FormProvider>
      <p>
        {t('signIn.new')}{' '}
        <Link to={`/sign-up${search}`} className="link font-semibold">
          {t('signIn.create')}
        </Link>
      </p>
    </EntryPage>
  );
}
