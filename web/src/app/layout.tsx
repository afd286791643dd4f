import { lazy, Suspense, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useCartDrawer } from '../cart/drawer-state.ts';
import { loadTexts } from '../i18n/translations.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { useScrollMemory } from './scroll.ts';
import { ToastRegion } from './toast-region.tsx';

const CartDrawer = lazy(async () => {
  const [module] = await Promise.all([import('../cart/cart-drawer.tsx'), loadTexts('shop', 'problems')]);
  return { default: module.CartDrawer };
});

export function Layout() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const drawer = useCartDrawer();
  const main = useRef<HTMLElement>(null);
  useScrollMemory(useCallback(() => main.current?.focus({ preventScroll: true }), []));

  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-full bg-ink px-5 py-3 text-paper focus:not-sr-only focus:absolute focus:start-4 focus:top-4"
      >
        {t('skip')}
      </a>
      <OfflineBanner />
      <Header />
      <main id="main" ref={main} tabIndex={-1} className="min-h-[85dvh] grow outline-none">
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
      <ToastRegion />
      {drawer.wasOpened && (
        <Suspense>
          <CartDrawer />
        </Suspense>
      )}
    </>
  );
}
