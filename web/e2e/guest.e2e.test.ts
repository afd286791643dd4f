import { expect, test } from '@jest/globals';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import { addToCart, buyAsGuest, cartDrawer, chooseCard, fillAddress, goToCheckout, newEmail, placeOrder, sees } from './shopping.ts';

browserSuite('a guest', (visit) => {
  test('finds a product in spite of a typo, buys it and watches the order until it is delivered', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Search products' }).fill('lighthose');
    await page.getByRole('option').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox').press('Enter');
    await sees(page, 'Results for “lighthose”');
    await page.getByRole('link', { name: /Stacking Lighthouse/ }).first().click();
    await sees(page, /Stacking Lighthouse/);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await cartDrawer(page).getByRole('link', { name: /Stacking Lighthouse/ }).waitFor();
    await expectAccessible(page);
    await cartDrawer(page).getByRole('button', { name: 'One more' }).click();
    await page.getByRole('button', { name: 'Cart, 2 items', includeHidden: true }).waitFor({ state: 'attached' });
    await goToCheckout(page);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('Please enter an e-mail address').waitFor();
    await expectAccessible(page);
    await page.getByLabel('E-mail address').fill(newEmail());
    await fillAddress(page);
    await chooseCard(page, 'pays');
    await expectAccessible(page);

    await placeOrder(page);
    const step = (name: string) => page.getByRole('listitem').filter({ hasText: `${name} (done)` });
    for (const name of ['Order placed', 'Products held for you', 'Payment approved', 'Order confirmed']) {
      await step(name).waitFor();
    }
    await page.getByRole('button', { name: 'Cart', exact: true }).waitFor();
    await expectAccessible(page);
    await sees(page, 'Your parcel has arrived.');
    await step('Delivered').waitFor();
    await page.getByText(/Tracking number/).waitFor();
    await expectAccessible(page);
  }, 90_000);
});
