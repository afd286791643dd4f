import { expect, test } from '@jest/globals';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import { buyAsGuest, cards, cartDrawer, sees } from './shopping.ts';

const product = 'spinning-tops';

browserSuite('when paying does not work out at once', (visit) => {
  test('a refused card is said in plain words, and the products go back into the cart', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product, 'refused');
    await sees(page, 'This order could not be completed.');
    await page.getByText('Your bank refused the card. You have not been charged.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Put everything back into the cart' }).click();
    await cartDrawer(page).getByRole('link', { name: 'Six Spinning Tops' }).waitFor();
    expect(await cartDrawer(page).getByRole('listitem').count()).toBe(1);
  }, 120_000);

  test('a card without enough money can be followed by another one', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product, 'empty');
    const dialog = page.getByRole('dialog', { name: 'The card was not accepted' });
    await dialog.getByText('Nothing has been charged').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('What the test card does').selectOption({ label: cards.pays });
    await dialog.getByRole('button', { name: /^Pay €/ }).click();
    await sees(page, /order is confirmed|on its way/);
    await page.getByText('Card refused (did not work)').waitFor();
  }, 120_000);

  test('a second card without enough money is refused as plainly as the first', async () => {
    const page = await visit();
    await buyAsGuest(page, product, 'empty');
    const dialog = page.getByRole('dialog', { name: 'The card was not accepted' });
    const refused = page.getByText('Card refused (did not work)');
    for (const tries of [1, 2]) {
      await dialog.waitFor();
      expect(await refused.count()).toBe(tries);
      const card = tries === 1 ? cards.empty : cards.pays;
      await dialog.getByLabel('What the test card does').selectOption({ label: card });
      await dialog.getByRole('button', { name: /^Pay €/ }).click();
      if (tries === 1) await refused.nth(1).waitFor();
    }
    await sees(page, /order is confirmed|on its way/);
  }, 120_000);

  test('a bank that asks and is told no twice asks twice', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product, 'asks');
    const bank = page.getByRole('dialog', { name: 'Your bank wants to be sure it is you' });
    const dialog = page.getByRole('dialog', { name: 'The card was not accepted' });
    for (const card of [cards.asks, cards.pays]) {
      await bank.getByRole('button', { name: 'Refuse' }).click();
      await dialog.getByLabel('What the test card does').selectOption({ label: card });
      await dialog.getByRole('button', { name: /^Pay €/ }).click();
    }
    await sees(page, /order is confirmed|on its way/);
  }, 120_000);

  test('a bank that asks is answered on the page', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product, 'asks');
    const dialog = page.getByRole('dialog', { name: 'Your bank wants to be sure it is you' });
    await dialog.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await sees(page, 'One thing is needed from you.');
    await page.getByRole('button', { name: 'Confirm the payment' }).click();
    await dialog.getByRole('button', { name: 'Confirm payment' }).click();
    await sees(page, /order is confirmed|on its way/);
  }, 120_000);

  test('a bank that is told no leaves the order open for another card', async () => {
    const page = await visit();
    await buyAsGuest(page, product, 'asks');
    await page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
    const dialog = page.getByRole('dialog', { name: 'The card was not accepted' });
    await dialog.getByLabel('What the test card does').selectOption({ label: cards.pays });
    await dialog.getByRole('button', { name: /^Pay €/ }).click();
    await sees(page, /order is confirmed|on its way/);
  }, 120_000);

  test('an order that waits for its payment can be cancelled', async () => {
    const page = await visit({ reducedMotion: true });
    await buyAsGuest(page, product, 'asks');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Cancel order' }).click();
    await page.getByRole('dialog', { name: 'Cancel this order?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await sees(page, 'This order is cancelled.');
    await page.getByText('You cancelled this order.').waitFor();
  }, 120_000);
});
