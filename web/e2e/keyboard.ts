import type { Page } from 'playwright-core';

const MOST_STOPS = 80;

/** Presses Tab until the focus is on what has this label or text, as somebody without a mouse would. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < MOST_STOPS) {
    const focused = await page.evaluate(focusedName);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    passed.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`the focus never reached ${String(name)}; it passed ${passed.join(' > ')}`);
}

/** Runs in the page. */
function focusedName(): string {
  const element = document.activeElement;
  if (!element) return '';
  const label =
    'labels' in element && element.labels instanceof NodeList ? element.labels[0]?.textContent : '';
  return (element.getAttribute('aria-label') ?? (label || element.textContent) ?? '').trim();
}
