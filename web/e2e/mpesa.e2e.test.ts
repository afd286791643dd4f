import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import { addToCart, fillAddress, goToCheckout, newEmail, placeOrder, sees, stepDone } from './shopping.ts';

const nairobi = {
  name: 'Wanjiku Shopper',
  line1: 'Moi Avenue 1',
  postcode: '00100',
  city: 'Nairobi',
  country: 'Kenya',
};
const product = 'spinning-tops';

async function goPayByPhone(page: Page): Promise<void> {
  await addToCart(page, product);
  await goToCheckout(page);
  await page.getByLabel('E-mail address').fill(newEmail());
  await fillAddress(page, nairobi);
  await page.getByRole('radio', { name: /^Standard/ }).waitFor();
  await page.getByRole('radio', { name: /^M-Pesa/ }).check();
}

browserSuite('a guest in Kenya', (visit) => {
  test('pays by phone: the number is checked, and the page notices the confirmation', async () => {
    const page = await visit({ reducedMotion: true });
    await goPayByPhone(page);
    const number = page.getByLabel('Phone number that pays');
    await number.fill('0712 34');
    await page.getByRole('button', { name: /^Place order and pay/ }).click();
    await page.getByText('Please enter a Kenyan mobile number').waitFor();
    expect(await number.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectAccessible(page);
    await number.fill('0700 000 001');
    await expectAccessible(page);

    await placeOrder(page);
    await page.getByText('the phone number ending in 001').waitFor();
    await sees(page, 'One thing is needed from you.');
    await sees(page, /order is confirmed|on its way|has arrived/);
    for (const step of ['Payment sent to your phone', 'Payment received', 'Order confirmed'])
      await stepDone(page, step).waitFor();
    expect(await page.getByText('Payment approved').count()).toBe(0);
    await expectAccessible(page);
  }, 180_000);

  test('refuses on the phone, and is asked again until it is paid', async () => {
    const page = await visit({ reducedMotion: true });
    await goPayByPhone(page);
    await page.getByLabel('What the test phone does').selectOption({ label: 'Refuses it on the phone' });
    await placeOrder(page);
    const dialog = page.getByRole('dialog', { name: 'The payment was not confirmed' });
    await dialog.getByText('Nothing has been charged').waitFor();
    await dialog.getByRole('button', { name: /^Pay €/ }).click();
    await dialog.getByText('Please enter a Kenyan mobile number').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('What the test phone does').selectOption({ label: 'Refuses it on the phone' });
    await dialog.getByRole('button', { name: /^Pay €/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await dialog.waitFor();
    await dialog.getByLabel('What the test phone does').selectOption({ label: 'Confirms the payment' });
    await dialog.getByRole('button', { name: /^Pay €/ }).click();
    await sees(page, /order is confirmed|on its way|has arrived/);
    expect(await page.getByText('Not confirmed on the phone (did not work)').count()).toBe(2);
  }, 180_000);

  test('waits for the phone on a page that is accessible, and can cancel meanwhile', async () => {
    const page = await visit({ reducedMotion: true });
    await goPayByPhone(page);
    await page.getByLabel('What the test phone does').selectOption({ label: 'Never answers' });
    await placeOrder(page);
    await page.getByText('Confirm the payment on your phone').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel order' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await sees(page, /We are cancelling your order|This order is cancelled/);
  }, 180_000);
});
