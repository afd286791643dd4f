import type { User } from '@shopstack/contracts/user';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { usePage } from '../app/use-page.ts';
import { useSession } from '../app/use-session.ts';
import { RequireSignIn } from '../auth/require-sign-in.tsx';
import { Addresses } from './addresses.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Sessions } from './sessions.tsx';
import { SignOutButton } from './sign-out-button.tsx';

export function AccountPage() {
  return (
    <RequireSignIn>
      <Account />
    </RequireSignIn>
  );
}

function Account() {
  const { t } = useTranslation('account');
  const { section = 'profile' } = useParams();
  const session = useSession();
  usePage(t('title'));
  if (session.status !== 'signed-in') return null;
  return (
    <div className="wrap grid gap-8 py-8 md:py-12">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-4xl font-semibold md:text-5xl">{t('title')}</h1>
          <p className="mt-2 text-muted">{session.user.email}</p>
        </div>
        <SignOutButton />
      </header>
      <div className="grid items-start gap-8 md:grid-cols-[13rem_1fr] md:gap-12">
        <nav
          aria-label={t('nav.label')}
          className="-mx-4 flex gap-1 overflow-x-auto px-4 py-1 md:mx-0 md:grid md:px-0"
        >
          <Item to="/account">{t('nav.profile')}</Item>
          <Item to="/account/addresses">{t('nav.addresses')}</Item>
          <Item to="/account/security">{t('nav.security')}</Item>
          <Item to="/orders">{t('nav.orders')}</Item>
        </nav>
        <div className="grid max-w-2xl gap-6">
          <Section name={section} user={session.user} />
        </div>
      </div>
    </div>
  );
}

function Section({ name, user }: { name: string; user: User }) {
  switch (name) {
    case 'profile':
      return <ProfileForm key={user.version} user={user} />;
    case 'addresses':
      return <Addresses />;
    case 'security':
      return (
        <>
          <PasswordForm />
          <Sessions />
        </>
      );
    default:
      return <NotFoundPage />;
  }
}

function Item({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={to}
      end
      className="shrink-0 rounded-full px-4 py-2.5 font-medium hover:bg-sunken aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand"
    >
      {children}
    </NavLink>
  );
}
