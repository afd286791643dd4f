import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openVisitor, type Visitor, type VisitorOptions } from './browser.ts';

export const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';

/** A new person at the shop. */
export type Visit = (options?: VisitorOptions) => Promise<Page>;

/**
 * Tests in a real browser, skipped with the reason said where there is none. Every visitor of a test must leave
 * without console errors and policy reports.
 */
export function browserSuite(name: string, tests: (visit: Visit) => void): void {
  if (!process.env.CHROMIUM) console.warn(`skipped: ${name}, because CHROMIUM names no browser`);
  const suite = process.env.CHROMIUM ? describe : describe.skip;
  suite(name, () => {
    let browser: Browser;
    const visitors: Visitor[] = [];
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterEach(async () => {
      const present = visitors.splice(0);
      await Promise.all(present.map(({ context }) => context.close()));
      expect(present.flatMap(({ faults }) => faults)).toEqual([]);
    });
    afterAll(() => browser.close());

    tests(async (options) => {
      const visitor = await openVisitor(browser, shopUrl, options);
      visitors.push(visitor);
      return visitor.page;
    });
  });
}
