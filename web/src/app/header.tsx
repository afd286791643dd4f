import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { openCartDrawer } from '../cart/drawer-state.ts';
import { useCart } from '../cart/use-cart.ts';
import { BagIcon, MoonIcon, PersonIcon, SunIcon } from '../ui/icons.tsx';
import { Logo } from '../ui/logo.tsx';
import { SearchBox } from './search-box.tsx';
import { chooseTheme, currentTheme, subscribeToTheme } from './theme.ts';
import { useSession } from './use-session.ts';

const round = 'relative grid size-11 place-items-center rounded-full hover:bg-sunken';

export function Header() {
  const { t } = useTranslation();
  const session = useSession();
  const person =
    session.status === 'guest' ? ['/sign-in', t('account.signIn')] : ['/account', t('account.open')];
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper/95 backdrop-blur-sm">
      <div className="wrap flex flex-wrap items-center gap-x-2 gap-y-2 py-2.5 md:flex-nowrap md:gap-x-6 md:py-3.5">
        <Link to="/" aria-label={t('home')} className="me-auto md:me-0">
          <Logo />
        </Link>
        <nav aria-label={t('nav.label')} className="hidden items-center gap-1 text-[0.95rem] lg:flex">
          <NavItem to="/products">{t('nav.all')}</NavItem>
        </nav>
        <div className="order-last w-full md:order-none md:w-auto md:grow">
          <SearchBox />
        </div>
        <div className="flex items-center gap-1">
          <ThemeButton />
          <Link to={person[0] ?? '/'} aria-label={person[1]} title={person[1]} className={round}>
            <PersonIcon />
            {session.status === 'signed-in' && (
              <span className="absolute end-2 bottom-2 size-2.5 rounded-full border-2 border-paper bg-good" />
            )}
          </Link>
          <CartButton />
        </div>
      </div>
    </header>
  );
}

function NavItem({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={to}
      end
      className="rounded-full px-3 py-2 font-medium hover:bg-sunken aria-[current=page]:text-brand"
    >
      {children}
    </NavLink>
  );
}

function ThemeButton() {
  const { t } = useTranslation();
  const theme = useSyncExternalStore(subscribeToTheme, currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={round}
      aria-label={t(`theme.${other}`)}
      title={t(`theme.${other}`)}
      onClick={() => chooseTheme(other)}
    >
      {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </button>
  );
}

function CartButton() {
  const { t } = useTranslation();
  const count = useCart().data?.itemCount ?? 0;
  return (
    <button
      type="button"
      className={round}
      aria-label={count > 0 ? t('cart.count', { count }) : t('cart.open')}
      aria-haspopup="dialog"
      onClick={openCartDrawer}
    >
      <BagIcon />
      {count > 0 && (
        <span
          key={count}
          aria-hidden
          className="absolute end-0 top-0 grid h-5 min-w-5 animate-rise place-items-center rounded-full bg-accent px-1 text-xs font-bold text-surface"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </button>
  );
}
