import { By, until, type WebDriver, type WebElement } from 'selenium-webdriver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { english } from '../english.ts';
import { isMissing, OTHER_BROWSERS, type OtherBrowserName, startBrowser } from '../other-browsers.ts';
import { foundText } from '../page-parts.ts';
import { type RunningServer, startServer } from '../page-server.ts';

const text = english('en-US');
const WAIT_MS = 15_000;

describe.each(Object.keys(OTHER_BROWSERS) as OtherBrowserName[])('in %s', (name) => {
  describe.skipIf(isMissing(name))('the page', () => {
    let server: RunningServer;
    let browser: Awaited<ReturnType<typeof startBrowser>>;
    beforeAll(async () => {
      [server, browser] = await Promise.all([startServer(), startBrowser(name)]);
    });
    afterAll(async () => {
      await browser?.stop();
      await server?.stop();
    });
    const api = async (query: string) =>
      (await fetch(`${server.url}/search${query}`)).json() as Promise<SearchResponse>;
    const find = (driver: WebDriver, selector: string): Promise<WebElement> =>
      driver.wait(until.elementLocated(By.css(selector)), WAIT_MS, selector);
    const summaryOf = async (driver: WebDriver) => (await find(driver, '.summary')).getText();

    it('loads, searches, opens a vendor, and goes back', async () => {
      const { driver } = browser;
      await driver.get(server.url);
      const all = foundText(await api('?status=approved'));
      await driver.wait(async () => (await summaryOf(driver)) === all, WAIT_MS, all);
      // The map is drawn after the list.
      await find(driver, '[data-spot], .cluster');

      const tacos = await api('?q=tacos');
      await (await find(driver, '#q')).sendKeys('tacos');
      await driver.wait(async () => (await summaryOf(driver)) === foundText(tacos), WAIT_MS, 'tacos');
      const vendors = await driver.findElements(By.css('.row[data-vendor]'));
      expect(await Promise.all(vendors.map((row) => row.getAttribute('data-vendor')))).toEqual(
        tacos.trucks.map(({ id }) => id),
      );
      await driver.wait(until.urlContains('q=tacos'), WAIT_MS, 'the URL has the words');

      const [first] = tacos.trucks;
      await (await find(driver, '.row[data-vendor] .branch')).click();
      await driver.wait(until.urlContains('place='), WAIT_MS, 'the URL names the place');
      const detail = await find(driver, '#detail:not([hidden])');
      expect(await detail.getAccessibleName()).toBe(first?.name);
      const { height, width } = await (await find(driver, '#detail-name')).getRect();
      expect(Math.min(height, width)).toBeGreaterThan(16);

      await driver.navigate().back();
      await driver.wait(until.elementIsNotVisible(detail), WAIT_MS, 'the vendor is closed');
      expect(await driver.getCurrentUrl()).not.toContain('place=');
    });

    it('has no horizontal scrolling, and its field a name', async () => {
      const { driver } = browser;
      for (const [width, height] of [
        [500, 700],
        [1280, 800],
      ] as const) {
        await driver.manage().window().setRect({ width, height });
        await driver.get(`${server.url}/?q=tacos`);
        await find(driver, '.row[data-vendor]');
        const overflow = 'return document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await driver.executeScript(overflow)).toBeLessThanOrEqual(0);
        expect(await (await find(driver, '#q')).getAccessibleName()).toBe(text.searchLabel);
      }
    });
  });
});
