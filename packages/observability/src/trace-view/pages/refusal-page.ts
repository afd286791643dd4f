import type { Refusal } from '../refusal.ts';
import { page } from './layout.ts';
import { html } from './markup.ts';

export const refusalPage = ({ title, message }: Refusal): string =>
  page(title, html`<h1>${title}</h1><p>${message}</p><p><a href="/">Recent traces</a></p>`);
