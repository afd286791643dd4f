import { expect, test } from '@jest/globals';
import { expectAccessible } from './accessibility.ts';
import { layoutShift } from './browser.ts';
import { browserSuite } from './browser-suite.ts';
import { sees } from './shopping.ts';

const nobodysOrder = '/orders/01890000-0000-7000-8000-000000000000';
const MOST_SHIFT = 0.05;
const pages = [
  { path: '/', heading: 'Well-made things for every day' },
  { path: '/products', heading: 'All products' },
  { path: '/products?q=zzzzzzqqq', heading: 'Results for “zzzzzzqqq”' },
  { path: '/products/harbour-jumper', heading: 'Harbour Jumper' },
  { path: '/products/no-such-thing', heading: 'This product is not here', refusals: [404] },
  { path: '/checkout', heading: 'There is nothing to pay for' },
  { path: '/sign-in', heading: 'Sign in' },
  { path: '/sign-up', heading: 'Create an account' },
  { path: '/legal/terms', heading: 'Terms' },
  { path: '/legal/privacy', heading: 'Privacy' },
  { path: '/nowhere', heading: 'This page is not here' },
  { path: nobodysOrder, heading: 'We cannot show this order', refusals: [401] },
];

browserSuite('every page', (visit) => {
  test.each(pages)(
    '$path is accessible and does not move by itself',
    async ({ path, heading, refusals }) => {
      const page = await visit({ reducedMotion: true, ...(refusals ? { refusals } : {}) });
      await page.goto(path);
      await sees(page, heading);
      await page.waitForLoadState('networkidle');
      expect(await layoutShift(page)).toBeLessThan(MOST_SHIFT);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    },
    120_000,
  );

  test.each(['/', '/products', '/products/harbour-jumper', '/checkout'])(
    '%s fits on a phone and does not move by itself there',
    async (path) => {
      const page = await visit({ size: 'phone', theme: 'dark' });
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(await layoutShift(page)).toBeLessThan(MOST_SHIFT);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    },
    60_000,
  );

  test('filters are a sheet on a phone', async () => {
    const page = await visit({ size: 'phone', reducedMotion: true });
    await page.goto('/products');
    await page.getByRole('button', { name: 'Filters' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await sheet.getByRole('radio', { name: /^Garden/ }).check();
    await sheet.getByRole('button', { name: 'Show 8 products' }).waitFor();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Show 8 products' }).click();
    await sees(page, 'Garden');
    expect(page.url()).toContain('category=garden');
  }, 120_000);

  test('a shop that does not answer says so, and the page comes back by itself', async () => {
    const page = await visit({ reducedMotion: true, refusals: [503] });
    await page.route('**/api/v1/catalogue/products?**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto('/products');
    await sees(page, 'The products could not be loaded');
    await page.getByText('This does not answer at the moment.').waitFor();
    await expectAccessible(page);
    await page.unroute('**/api/v1/catalogue/products?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Dune Kite' }).waitFor();
  }, 120_000);

  test('whoever wants less motion gets none', async () => {
    const page = await visit({ reducedMotion: true });
    await page.goto('/products');
    await page.getByRole('link', { name: 'Dune Kite' }).waitFor();
    const seconds = await page.evaluate(() =>
      [...document.querySelectorAll('*')].map((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        return Math.max(...`${animationDuration},${transitionDuration}`.split(',').map(Number.parseFloat));
      }),
    );
    expect(Math.max(...seconds)).toBeLessThanOrEqual(0.001);
  }, 60_000);

  test('German is complete: no English is left on the way to the till', async () => {
    const page = await visit({ language: 'de-DE' });
    await page.goto('/products/dune-kite');
    await page.getByRole('button', { name: 'In den Warenkorb' }).click();
    await page.getByRole('dialog', { name: 'Ihr Warenkorb' }).getByText('34,90 €').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await expectAccessible(page);
  }, 60_000);
});
