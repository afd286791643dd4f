import { test } from '@jest/globals';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import { tabTo } from './keyboard.ts';
import {
  address,
  cartDrawer,
  chooseCard,
  fillAddress,
  goToCheckout,
  newEmail,
  placeOrder,
  sees,
  stepDone,
} from './shopping.ts';

browserSuite('a guest', (visit) => {
  test('finds a product in spite of a typo, buys it and watches the order until it is delivered', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Search products' }).fill('lighthose');
    await page.getByRole('option', { name: /Stacking Lighthouse/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Search products' }).press('Enter');
    await sees(page, 'Results for “lighthose”');
    await page.getByRole('link', { name: 'Stacking Lighthouse' }).click();
    await sees(page, 'Stacking Lighthouse');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await cartDrawer(page).getByRole('link', { name: 'Stacking Lighthouse' }).waitFor();
    await cartDrawer(page).getByRole('button', { name: 'One more' }).click();
    await cartDrawer(page).getByText('€39.90 each').waitFor();
    await expectAccessible(page);

    await goToCheckout(page);
    await page.getByRole('button', { name: 'Cart, 2 items' }).waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('Please enter an e-mail address').waitFor();
    await expectAccessible(page);
    await page.getByLabel('E-mail address').fill(newEmail());
    await fillAddress(page);
    await chooseCard(page, 'pays');
    await expectAccessible(page);

    await placeOrder(page);
    for (const step of ['Order placed', 'Products held for you', 'Payment approved', 'Order confirmed']) {
      await stepDone(page, step).waitFor();
    }
    await page.getByRole('button', { name: 'Cart', exact: true }).waitFor();
    await expectAccessible(page);
    await sees(page, 'Your parcel has arrived.');
    await stepDone(page, 'Delivered').waitFor();
    await page.getByText(/Tracking number/).waitFor();
    await expectAccessible(page);
  }, 180_000);

  test('buys with the keyboard alone', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/products/dune-kite');
    await sees(page, 'Dune Kite');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Add to cart');
    await page.keyboard.press('Enter');
    await cartDrawer(page).waitFor();
    await tabTo(page, 'Go to checkout');
    await page.keyboard.press('Enter');
    await sees(page, 'Checkout');
    await tabTo(page, 'E-mail address');
    await page.keyboard.type(newEmail());
    await tabTo(page, 'Full name');
    await page.keyboard.type(address.name);
    await tabTo(page, 'Country');
    await page.keyboard.type('Germany');
    for (const [label, text] of [
      ['Street and number', address.line1],
      ['Postcode', address.postcode],
      ['Town or city', address.city],
    ] as const) {
      await tabTo(page, label);
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Tab');
    await page.getByRole('radio', { name: /Standard/ }).waitFor();
    await tabTo(page, /^Place order and pay/);
    await page.keyboard.press('Enter');
    await sees(page, /order is confirmed|on its way/);
  }, 120_000);
});
