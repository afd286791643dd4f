import { expect, test } from '@jest/globals';
import { expectAccessible } from './accessibility.ts';
import { browserSuite } from './browser-suite.ts';
import {
  addToCart,
  chooseCard,
  fillAddress,
  goToCheckout,
  newPassword,
  placeOrder,
  sees,
  signUp,
} from './shopping.ts';

browserSuite('a customer', (visit) => {
  test('signs up with a full cart, orders, finds the order in the history and reviews what arrived', async () => {
    const page = await visit({ reducedMotion: true });
    await addToCart(page, 'weather-for-beginners');
    await goToCheckout(page);
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Create an account' }).click();
    const { email } = await signUp(page);
    await sees(page, 'Checkout');
    await page.getByText(`Signed in as ${email}`).waitFor();
    await page.getByRole('button', { name: 'Cart, 1 item' }).waitFor();
    await fillAddress(page);
    await page.getByLabel('Remember this address').check();
    await chooseCard(page, 'pays');
    const id = await placeOrder(page);

    await page.goto('/account/addresses');
    await page.getByText('Hafenstraße 1').waitFor();
    await expectAccessible(page);
    await page.goto('/orders');
    await page.getByRole('link', { name: /^Open order/ }).click();
    await page.waitForURL(`**/orders/${id}`);
    await sees(page, 'Your parcel has arrived.');

    await page.getByRole('link', { name: 'Review Weather for Beginners' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write a review' });
    await dialog.getByRole('button', { name: 'Publish review' }).click();
    await dialog.getByText('Please choose one to five stars.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('radio', { name: '4 stars' }).click();
    await dialog.getByLabel(/^Headline/).fill('Reads like rain on a roof');
    await dialog.getByRole('button', { name: 'Publish review' }).click();
    await page.getByText('Thank you! Your review is saved.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Reads like rain on a roof' }).first().waitFor();
    await expectAccessible(page);

    await addToCart(page, 'weather-for-beginners');
    await goToCheckout(page);
    await page.getByRole('radio', { name: /Hafenstraße 1, 20095 Hamburg/ }).waitFor();
    expect(await page.getByRole('radio', { name: /Hafenstraße 1/ }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /^Express/ }).waitFor();
    await expectAccessible(page);
  }, 240_000);

  test('changes name, language, password and addresses, and ends a session elsewhere', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/sign-up?to=/account');
    const { email, password } = await signUp(page);
    await sees(page, 'Your account');
    await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
    await page.getByLabel('Language', { exact: true }).selectOption('de');
    await page.getByRole('button', { name: 'Save' }).click();
    await sees(page, 'Ihr Konto');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada Lovelace');

    await page.getByRole('link', { name: 'Addresses' }).click();
    await sees(page, 'No saved addresses');
    await page.getByRole('button', { name: 'Add an address' }).click();
    const editor = page.getByRole('dialog', { name: 'New address' });
    await editor.getByRole('button', { name: 'Save address' }).click();
    await editor.getByText('Please fill this in.').first().waitFor();
    await expectAccessible(page);
    await fillAddress(page);
    await editor.getByRole('button', { name: 'Save address' }).click();
    await page.getByRole('button', { name: 'Remove the address of Ada Shopper' }).click();
    await sees(page, 'No saved addresses');

    const elsewhere = await visit({ refusals: [401] });
    await elsewhere.goto('/sign-in?to=/account/security');
    await elsewhere.getByLabel('E-mail address').fill(email);
    await elsewhere.getByRole('textbox', { name: 'Password' }).fill(password);
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await elsewhere.getByText('this device').waitFor();

    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByRole('button', { name: /^End the session on/ }).click();
    await page.getByText('That session is ended.').waitFor();
    const changed = newPassword();
    await page.getByLabel('Current password').fill(password);
    await page.getByLabel('New password').fill(changed);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await expectAccessible(page);

    await elsewhere.goto('/account');
    await sees(elsewhere, 'Sign in');
    await elsewhere.getByLabel('E-mail address').fill(email);
    await elsewhere.getByRole('textbox', { name: 'Password' }).fill(password);
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await elsewhere.getByText('E-mail address and password do not match').waitFor();
    await elsewhere.getByRole('textbox', { name: 'Password' }).fill(changed);
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await sees(elsewhere, 'Your account');
  }, 240_000);
});
