import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './browser-suite.ts';
import { newProduct } from './merchandise.ts';
import { addToCart, chooseCard, fillAddress, goToCheckout, newEmail, sees } from './shopping.ts';

async function standAtTheTill(page: Page, productId: string): Promise<void> {
  await addToCart(page, productId);
  await goToCheckout(page);
  await page.getByLabel('E-mail address').fill(newEmail());
  await fillAddress(page);
  await chooseCard(page, 'pays');
}

browserSuite('two people and one unit', (visit) => {
  test('one gets it, the other is told so and pays nothing', async () => {
    const productId = await newProduct('Last One Left', 1);
    const people = [await visit({ refusals: [409] }), await visit({ refusals: [409] })];
    for (const page of people) await standAtTheTill(page, productId);
    await Promise.all(
      people.map((page) => page.getByRole('button', { name: /^Place order and pay/ }).click()),
    );
    const outcomes = await Promise.all(
      people.map(async (page) => {
        const confirmed = page.getByRole('heading', { name: /order is confirmed|on its way|has arrived/ });
        const tooLate = page.getByText(/Somebody was faster|There is not enough in stock|is sold out/);
        await confirmed.or(tooLate).first().waitFor();
        return (await confirmed.isVisible()) ? 'bought' : 'too late';
      }),
    );
    expect(outcomes.sort()).toEqual(['bought', 'too late']);

    const third = await visit();
    await third.goto(`/products/${productId}`);
    await sees(third, 'Last One Left');
    await third.getByRole('status').filter({ hasText: 'Sold out' }).waitFor();
    expect(await third.getByRole('button', { name: 'Sold out at the moment' }).isDisabled()).toBe(true);
  }, 180_000);
});
