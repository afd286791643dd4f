import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sizes } from './browser.ts';

const grave = new Set<unknown>(['serious', 'critical']);

async function faultsNow(page: Page, where: string): Promise<string[]> {
  // The newer way opens a second page per run; there are no foreign frames here.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => grave.has(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id} at ${target.join(' ')}`));
}

/** Axe finds nothing serious or critical in what is shown, light and dark, on desktop and phone. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = page.viewportSize() ?? sizes.desktop;
  const faults: string[] = [];
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      faults.push(...(await faultsNow(page, `${name} ${colorScheme}`)));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
  expect(faults).toEqual([]);
}
