import 'i18next';
import type { account } from './en/account.ts';
import type { checkout } from './en/checkout.ts';
import type { legal } from './en/legal.ts';
import type { order } from './en/order.ts';
import type { problems } from './en/problems.ts';
import type { shell } from './en/shell.ts';
import type { shop } from './en/shop.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: {
      account: typeof account;
      checkout: typeof checkout;
      legal: typeof legal;
      order: typeof order;
      problems: typeof problems;
      shell: typeof shell;
      shop: typeof shop;
    };
  }
}
