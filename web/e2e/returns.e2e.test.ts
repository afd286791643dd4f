import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import {
  addToCart,
  buyAsGuest,
  cartDrawer,
  chooseCard,
  fillAddress,
  goToCheckout,
  placeOrder,
  sees,
  signUp,
  stepDone,
} from './shopping.ts';

const product = 'spinning-tops';
const returns = (page: Page) => page.getByRole('dialog', { name: 'Send something back' });
const refunds = (page: Page) => page.getByRole('region', { name: 'Returns and refunds' });

/** What the dialog promises to give back. */
const promised = (page: Page, amount: string) =>
  returns(page).getByRole('button', { name: `Send back for ${amount}`, exact: true });

async function orderTwo(page: Page): Promise<void> {
  await addToCart(page, product);
  await cartDrawer(page).getByRole('button', { name: 'One more' }).click();
  await page.getByRole('button', { name: 'Cart, 2 items' }).waitFor();
  await goToCheckout(page);
  await fillAddress(page);
  await chooseCard(page, 'pays');
  await placeOrder(page);
  await sees(page, 'Your parcel has arrived.');
}

browserSuite('sending something back', (visit) => {
  test('a customer returns one of two, sees the money come back, and may still return the other', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/sign-up?to=/account');
    await signUp(page);
    await sees(page, 'Your account');
    await orderTwo(page);

    await page.getByRole('button', { name: 'Send something back' }).click();
    expect(await returns(page).getByRole('button', { name: 'Choose what goes back' }).isDisabled()).toBe(
      true,
    );
    await returns(page).getByRole('button', { name: 'One more' }).click();
    const price = String(
      await returns(page)
        .getByText(/ each$/)
        .textContent(),
    ).replace(' each', '');
    await promised(page, price).waitFor();
    await returns(page).getByText('of 2', { exact: true }).waitFor();
    await returns(page).getByLabel('Why does it go back?').fill('One is enough');
    await expectAccessible(page);
    await promised(page, price).click();
    await returns(page).getByText('Your return is registered.').waitFor();
    await expectAccessible(page);
    await returns(page).getByRole('button', { name: 'Back to the order' }).click();

    await refunds(page).getByText('Money sent back').waitFor();
    await refunds(page).getByText('1 × Six Spinning Tops').waitFor();
    await refunds(page).getByText('One is enough').waitFor();
    for (const step of ['Return registered', 'Goods came back', 'Part of the money sent back'])
      await stepDone(page, step).waitFor();
    await sees(page, 'Your parcel has arrived.');
    await page.getByText('Left after refunds').waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Send something back' }).click();
    await returns(page).getByText('of 1', { exact: true }).waitFor();
    await returns(page).getByRole('button', { name: 'Close' }).click();
    await page.goto('/orders');
    await page.getByText(`${price} refunded`).waitFor();
    await expectAccessible(page);
  }, 240_000);

  test('a guest returns everything, and the delivery is refunded too', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product);
    await sees(page, 'Your parcel has arrived.');
    const total = String(await page.getByRole('complementary').getByRole('definition').last().textContent());
    await page.getByRole('button', { name: 'Send something back' }).click();
    await returns(page).getByRole('button', { name: 'Choose everything' }).click();
    await returns(page).getByText('the delivery is refunded too').waitFor();
    await promised(page, total).click();
    await returns(page).getByRole('button', { name: 'Back to the order' }).click();
    await sees(page, 'Your money is on its way back.');
    await page.getByText('You sent everything back.').waitFor();
    await refunds(page).getByText('Money sent back').waitFor();
    expect(await page.getByRole('button', { name: 'Send something back' }).count()).toBe(0);
    await expectAccessible(page);
  }, 240_000);

  test('what comes back already is refused in plain words', async () => {
    const page = await visit({ reducedMotion: true, refusals: [409] });
    const id = await buyAsGuest(page, product);
    await sees(page, 'Your parcel has arrived.');
    await page.getByRole('button', { name: 'Send something back' }).click();
    await returns(page).getByRole('button', { name: 'Choose everything' }).click();
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(`/orders/${id}`);
    await elsewhere.getByRole('button', { name: 'Send something back' }).click();
    await returns(elsewhere).getByRole('button', { name: 'Choose everything' }).click();
    await returns(elsewhere)
      .getByRole('button', { name: /^Send back for/ })
      .click();
    await returns(elsewhere).getByText('Your return is registered.').waitFor();
    await page.bringToFront();
    await returns(page)
      .getByRole('button', { name: /^Send back for/ })
      .click();
    await returns(page).getByRole('alert').filter({ hasText: 'cannot be sent back' }).waitFor();
    await expectAccessible(page);
  }, 240_000);
});
