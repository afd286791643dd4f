import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';

export const address = {
  name: 'Ada Shopper',
  line1: 'Hafenstraße 1',
  postcode: '20095',
  city: 'Hamburg',
  country: 'Germany',
};
export const cards = {
  pays: 'Pays straight away',
  refused: 'The bank refuses for good',
  empty: 'Not enough money, another card may be tried',
  asks: 'The bank asks you to confirm',
} as const;
export type Card = keyof typeof cards;

export const newEmail = (): string => `browser-${randomUUID()}@example.test`;
export const newPassword = (): string => `quiet harbour ${randomUUID().slice(0, 8)}`;

/** Waits until this heading of the page is shown. */
export const sees = (page: Page, heading: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name: heading }).first().waitFor();

export const cartDrawer = (page: Page) => page.getByRole('dialog', { name: 'Your cart' });

/** Puts one of a product into the cart; the drawer is open afterwards. */
export async function addToCart(page: Page, productId: string): Promise<void> {
  await page.goto(`/products/${productId}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await cartDrawer(page).getByRole('button', { name: 'Go to checkout' }).waitFor();
}

export async function goToCheckout(page: Page): Promise<void> {
  await cartDrawer(page).getByRole('button', { name: 'Go to checkout' }).click();
  await sees(page, 'Checkout');
}

export async function fillAddress(page: Page, where = address): Promise<void> {
  await page.getByLabel('Full name').fill(where.name);
  await page.getByLabel('Country').selectOption({ label: where.country });
  await page.getByLabel('Street and number').fill(where.line1);
  await page.getByLabel('Postcode').fill(where.postcode);
  await page.getByLabel('Town or city').fill(where.city);
}

/** Delivery and payment are offered once the address is there. */
export async function chooseCard(page: Page, card: Card): Promise<void> {
  await page.getByRole('radio', { name: /Standard/ }).waitFor();
  await page.getByLabel('What the test card does').selectOption({ label: cards[card] });
}

/** Presses the button and answers the order's id once its page is shown. */
export async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Place order and pay/ }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  return page.url().split('/').at(-1) ?? '';
}

/** A guest's whole way to the order page. */
export async function buyAsGuest(page: Page, productId: string, card: Card = 'pays'): Promise<string> {
  await addToCart(page, productId);
  await goToCheckout(page);
  await page.getByLabel('E-mail address').fill(newEmail());
  await fillAddress(page);
  await chooseCard(page, card);
  return placeOrder(page);
}

/** Fills the sign-up page that is shown. */
export async function signUp(page: Page): Promise<{ email: string; password: string }> {
  const person = { email: newEmail(), password: newPassword() };
  await page.getByLabel('Your name').fill('Ada Shopper');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'Create account' }).waitFor({ state: 'detached' });
  return person;
}

/** A step of the order page's timeline, once it has happened. */
export const stepDone = (page: Page, step: string) =>
  page.getByRole('listitem').filter({ hasText: `${step} (done)` });
