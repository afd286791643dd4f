import { type ComponentType, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { loadTexts, type Namespace } from '../i18n/translations.ts';
import { Layout } from './layout.tsx';

/** A page's code and texts arrive together. */
const page = <K extends string>(
  load: () => Promise<Record<K, ComponentType>>,
  name: K,
  ...texts: readonly Namespace[]
) =>
  lazy(async () => {
    const [module] = await Promise.all([load(), loadTexts(...texts, 'problems')]);
    return { default: module[name] };
  });

const HomePage = page(() => import('../home/home-page.tsx'), 'HomePage', 'shop');
const CataloguePage = page(() => import('../catalogue/catalogue-page.tsx'), 'CataloguePage', 'shop');
const ProductPage = page(() => import('../product/product-page.tsx'), 'ProductPage', 'shop');
const CheckoutPage = page(() => import('../checkout/checkout-page.tsx'), 'CheckoutPage', 'checkout', 'shop');
const OrderPage = page(() => import('../order/order-page.tsx'), 'OrderPage', 'order', 'shop', 'checkout');
const HistoryPage = page(() => import('../order/history-page.tsx'), 'HistoryPage', 'order');
const SignInPage = page(() => import('../auth/sign-in-page.tsx'), 'SignInPage', 'account');
const SignUpPage = page(() => import('../auth/sign-up-page.tsx'), 'SignUpPage', 'account');
const AccountPage = page(() => import('../account/account-page.tsx'), 'AccountPage', 'account', 'checkout');
const LegalPage = page(() => import('../legal/legal-page.tsx'), 'LegalPage', 'legal');
const NotFoundPage = page(() => import('./not-found-page.tsx'), 'NotFoundPage');

export function App() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<HomePage />} />
        <Route path="products" element={<CataloguePage />} />
        <Route path="products/:id" element={<ProductPage />} />
        <Route path="checkout" element={<CheckoutPage />} />
        <Route path="orders" element={<HistoryPage />} />
        <Route path="orders/:id" element={<OrderPage />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="sign-up" element={<SignUpPage />} />
        <Route path="account/:section?" element={<AccountPage />} />
        <Route path="legal/:page" element={<LegalPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
