import { zodResolver } from '@hookform/resolvers/zod';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { registerUser } from '../api/user.ts';
import { useFailure } from '../app/use-failure.ts';
import { usePage } from '../app/use-page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { EntryField, PasswordField } from './entry-field.tsx';
import { SignUpForm } from './entry-form.ts';
import { EntryPage } from './entry-page.tsx';
import { useEntry } from './use-entry.ts';

export function SignUpPage() {
  const { t } = useTranslation('account');
  const explain = useFailure();
  const { search } = useLocation();
  const form = useForm<SignUpForm>({
    resolver: zodResolver(SignUpForm),
    defaultValues: { email: '', password: '', name: '' },
    mode: 'onTouched',
  });
  const entry = useEntry<SignUpForm>('signUp.welcome', registerUser);
  usePage(t('signUp.title'));
  return (
    <EntryPage title={t('signUp.title')} lead={t('signUp.lead')}>
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
          <EntryField name="name" autoComplete="name" label={t('signUp.name')} />
          <EntryField name="email" type="email" autoComplete="username" label={t('signIn.email')} />
          <PasswordField
            name="password"
            autoComplete="new-password"
            label={t('signIn.password')}
            hint={t('signUp.passwordHint')}
          />
          <Button type="submit" busy={entry.isPending}>
            {entry.isPending ? t('signUp.working') : t('signUp.submit')}
          </Button>
          <p className="text-sm text-muted">{t('signUp.terms')}</p>
        </form>
      </FormProvider>
      <p>
        {t('signUp.have')}{' '}
        <Link to={`/sign-in${search}`} className="link font-semibold">
          {t('signIn.submit')}
        </Link>
      </p>
    </EntryPage>
  );
}
