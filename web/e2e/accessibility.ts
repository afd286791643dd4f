import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type axeCore from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { sizes } from './browser.ts';

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const grave = new Set<unknown>(['serious', 'critical']);

async function faultsNow(page: Page, where: string, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (options) => globalThis.axe.run(document, options),
    rules ? { runOnly: rules, ...ofInterest } : ofInterest,
  );
  return violations
    .filter(({ impact }) => grave.has(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id} at ${target.join(' ')}`));
}
const ofInterest: RunOptions = { resultTypes: ['violations'] };
declare global {
  var axe: typeof axeCore;
}

/** Until new colours and sizes are drawn. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Colours change at once: one that fades makes those that inherit it fade after it, however short a fade is. */
const stopFading = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after, ::backdrop { transition: none !important }');
    document.adoptedStyleSheets.push(sheet);
  });
const fadeAgain = (page: Page): Promise<unknown> => page.evaluate(() => document.adoptedStyleSheets.pop());

/** Axe finds nothing serious or critical in what is shown, on desktop and phone, with light and dark colours. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = page.viewportSize() ?? sizes.desktop;
  const faults: string[] = [];
  const look = async (size: keyof typeof sizes, colorScheme: 'light' | 'dark', rules?: string[]) => {
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme });
    await drawn(page);
    faults.push(...(await faultsNow(page, `${size} ${colorScheme}`, rules)));
  };
  await stopFading(page);
  await look('desktop', 'light');
  await look('phone', 'light');
  // The same elements with other colours.
  await look('phone', 'dark', ['color-contrast', 'link-in-text-block']);
  await look('desktop', 'dark', ['color-contrast', 'link-in-text-block']);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
  await drawn(page);
  await fadeAgain(page);
  expect(faults).toEqual([]);
}
