import type { Browser, Page } from 'playwright-core';

/** "Fast 3G" of DevTools: bytes per second and milliseconds. */
const FAST_3G = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };
/** How many times slower the processor is than this machine's. */
const CPU_SLOWDOWN = 4;
const PHONE = { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true };

export type LoadTimes = {
  /** Largest contentful paint, milliseconds from the navigation. */
  readonly lcp: number;
  /** Bytes of the page's own files as they were transferred, with headers. */
  readonly bytes: number;
  /** Milliseconds from the input to the next frame, of each interaction: Event Timing, in steps of 8. */
  readonly interactions: readonly number[];
};

/** Loads the page on a slow phone with empty caches, then searches, chooses a time, and opens and closes a vendor. */
export async function measureLoad(browser: Browser, url: string): Promise<LoadTimes> {
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block', ...PHONE });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', FAST_3G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(`window.paints = []; window.slowest = new Map();
    new PerformanceObserver((list) => window.paints.push(...list.getEntries().map((one) => one.startTime)))
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries())
        if (interactionId) window.slowest.set(interactionId, Math.max(duration, window.slowest.get(interactionId) ?? 0));
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 });`);
  await page.goto(url);
  await page.locator('.row[data-vendor]').first().waitFor();
  await page.waitForLoadState('networkidle');
  const lcp = (await page.evaluate('window.paints.at(-1)')) as number;
  const bytes = (await page.evaluate(
    `[performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')]
      .filter(({ name }) => !/\\/(search|meta|suggest)/.test(name)).reduce((sum, { transferSize }) => sum + transferSize, 0)`,
  )) as number;
  await interact(page);
  // An interaction is reported with the frame after it.
  await page.waitForTimeout(500);
  const interactions = (await page.evaluate('[...window.slowest.values()]')) as number[];
  await context.close();
  return { lcp, bytes, interactions };
}

async function interact(page: Page): Promise<void> {
  const settle = () => page.waitForTimeout(1_500);
  await page.locator('#q').tap();
  for (const letter of 'taco') await page.keyboard.press(letter, { delay: 30 });
  await settle();
  await page.keyboard.press('Enter');
  await settle();
  await page.locator('[data-control=when]').tap();
  await settle();
  await page.locator('.day').nth(3).tap();
  await settle();
  await page.locator('.sheet-foot .button').tap();
  await settle();
  await page.locator('.row .branch').first().tap();
  await settle();
  await page.locator('#detail .close').tap();
  await settle();
}
