// Makes the pictures of docs/pictures from a running shop: see web/README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser, openVisitor, type VisitorOptions } from './browser.ts';
import { addToCart, chooseCard, fillAddress, goToCheckout, placeOrder, sees } from './shopping.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';
const MOST_BYTES = 200_000;

/** The whole palette first, then fewer colours until the picture is small enough. */
async function compress(picture: Buffer): Promise<Buffer> {
  for (const colours of [256, 128, 64]) {
    const small = await sharp(picture).png({ palette: true, colours, effort: 10 }).toBuffer();
    if (small.length <= MOST_BYTES) return small;
  }
  throw new Error(`a picture is larger than ${MOST_BYTES} bytes`);
}

async function take(page: Page, name: string): Promise<void> {
  await page
    .getByRole('main')
    .locator('[aria-busy=true], .animate-shimmer')
    .first()
    .waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  const small = await compress(await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), small);
  console.log(`${name}.png ${Math.round(small.length / 1000)} KB`);
}

async function withVisitor(browser: Browser, options: VisitorOptions, work: (page: Page) => Promise<void>) {
  const { context, page } = await openVisitor(browser, shopUrl, { reducedMotion: true, ...options });
  await work(page);
  await context.close();
}

async function browse(page: Page): Promise<void> {
  await page.goto('/');
  await sees(page, 'Well-made things for every day');
  await take(page, 'home');
  await page.goto('/products');
  await sees(page, 'All products');
  await take(page, 'catalogue');
  await page.goto('/products/harbour-jumper');
  await sees(page, 'Harbour Jumper');
  await take(page, 'product');
}

async function buy(page: Page): Promise<void> {
  await addToCart(page, 'ember-teapot');
  await goToCheckout(page);
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await fillAddress(page);
  await chooseCard(page, 'pays');
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, 'checkout');
  await placeOrder(page);
  await sees(page, 'All done: your order is confirmed.');
  await take(page, 'order-timeline');
}

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
await withVisitor(browser, {}, browse);
await withVisitor(browser, {}, buy);
await withVisitor(browser, { size: 'phone', theme: 'dark' }, async (page) => {
  await page.goto('/products/larch-table-lamp');
  await sees(page, 'Larch Table Lamp');
  await take(page, 'phone');
});
await browser.close();
