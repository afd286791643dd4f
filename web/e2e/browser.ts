import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/**
 * Ours replace Playwright's own list; what of it matters here is taken over. The two suggestion lists of the address bar
 * are web pages: each window opens both, for 1.8 s of processor time.
 */
const withoutFeatures = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'PaintHolding'],
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'ThirdPartyStoragePartitioning'],
  ...['AimEnabled', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PreconnectToSearch'],
];
const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${withoutFeatures.join(',')}`,
];
/** The two screens that everything is tried on. */
export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

export interface VisitorOptions {
  size?: keyof typeof sizes;
  theme?: 'light' | 'dark';
  reducedMotion?: boolean;
  language?: string;
  /** Statuses that this visitor's story provokes; the browser writes each into the console as an error. */
  refusals?: readonly number[];
}

/** One person with one browser profile, and everything the browser complained about. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Console errors and warnings, uncaught errors, policy reports; empty when all is well. */
  faults: string[];
}

/** The Chromium that CHROMIUM names. */
export const openBrowser = (): Promise<Browser> => {
  const { CHROMIUM } = process.env;
  if (!CHROMIUM) throw new Error('CHROMIUM does not name a browser');
  return chromium.launch({ executablePath: CHROMIUM, args: switches });
};

export async function openVisitor(
  browser: Browser,
  shopUrl: string,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const { size = 'desktop', theme = 'light', reducedMotion = false, language = 'en-GB' } = options;
  const context = await browser.newContext({
    baseURL: shopUrl,
    viewport: sizes[size],
    hasTouch: size === 'phone',
    colorScheme: theme,
    locale: language,
    timezoneId: 'Europe/Berlin',
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(30_000);
  await context.addInitScript(watchPage);
  const faults: string[] = [];
  context.on('page', (page) => collectFaults(page, faults, options.refusals ?? []));
  const page = await context.newPage();
  return { context, page, faults };
}

/** How much of the screen has moved by itself since the page was loaded, as browsers measure it. */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.documentElement.dataset.shift ?? 0));

function collectFaults(page: Page, faults: string[], refusals: readonly number[]): void {
  const expected = refusals.map((status) => `status of ${status} `);
  page.on('console', (message) => {
    const text = message.text();
    if (!['error', 'warning'].includes(message.type())) return;
    if (/^Failed to load resource/.test(text) && expected.some((part) => text.includes(part))) return;
    faults.push(`${message.type()}: ${text} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
}

/** Runs in each page before its own scripts. */
function watchPage(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI}`);
  });
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('hadRecentInput' in entry && !entry.hadRecentInput && 'value' in entry) {
        shift += Number(entry.value);
        document.documentElement.dataset.shift = String(shift);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
