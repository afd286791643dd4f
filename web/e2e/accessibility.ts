import { expect } from '@jest/globals';
import axeCore, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { sizes } from './browser.ts';

const grave = new Set<unknown>(['serious', 'critical']);

async function faultsNow(page: Page, where: string, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
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

/** Until new colours and sizes are drawn: a colour that fades makes those that inherit it fade after it. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const twoFrames = () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const fading = () => document.getAnimations().filter((it) => it instanceof CSSTransition);
    for (await twoFrames(); fading().length > 0; await twoFrames())
      await Promise.allSettled(fading().map(({ finished }) => finished));
  });

/** Axe finds nothing serious or critical in what is shown, on desktop and phone, with light and dark colours. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = page.viewportSize() ?? sizes.desktop;
  const faults: string[] = [];
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await drawn(page);
    faults.push(...(await faultsNow(page, `${name} light`)));
    // The same elements with other colours.
    await page.emulateMedia({ colorScheme: 'dark' });
    await drawn(page);
    faults.push(...(await faultsNow(page, `${name} dark`, ['color-contrast', 'link-in-text-block'])));
    await page.emulateMedia({ colorScheme: 'light' });
    await drawn(page);
  }
  await page.setViewportSize(before);
  expect(faults).toEqual([]);
}
