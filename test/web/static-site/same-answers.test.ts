import { By, until } from 'selenium-webdriver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, pageFixture } from '../browser.ts';
import { isMissing, type OtherBrowserName, startBrowser } from '../other-browsers.ts';
import { type Answer, askingScript, expectSameAnswers } from './answer-comparison.ts';
import { type BuiltSite, buildSite } from './built-site.ts';
import { type StaticServer, startStaticServer } from './static-server.ts';

const REQUESTS = 500;

describe.skipIf(noBrowser)('the page’s own API', () => {
  let site: BuiltSite | undefined;
  const shared = pageFixture(async () => {
    site = await buildSite();
    return startStaticServer(site.directory);
  });
  afterAll(() => site?.remove());

  it(`answers ${REQUESTS} requests with the API’s bytes`, async () => {
    const { page } = await shared.open();
    await page.goto(`${shared.url}/`);
    await page.locator('.row[data-vendor]').first().waitFor();
    await expectSameAnswers(site?.directory ?? '', REQUESTS, (paths) => page.evaluate<Answer[]>(askingScript(paths)));
    await page.context().close();
  }, 120_000);
});

/** Another JavaScript engine than Chromium's. CI takes a fifth of the requests. */
const OTHER: OtherBrowserName = 'Firefox ESR';
const OTHER_REQUESTS = process.env.CI === 'true' ? REQUESTS / 5 : REQUESTS;

describe.skipIf(isMissing(OTHER))(`the page’s own API in ${OTHER}`, () => {
  let site: BuiltSite;
  let files: StaticServer;
  let browser: Awaited<ReturnType<typeof startBrowser>>;
  beforeAll(async () => {
    site = await buildSite();
    [files, browser] = await Promise.all([startStaticServer(site.directory), startBrowser(OTHER)]);
  });
  afterAll(async () => {
    await browser?.stop();
    await files?.stop();
    site?.remove();
  });

  it(`answers ${OTHER_REQUESTS} requests with the API’s bytes`, async () => {
    const { driver } = browser;
    await driver.manage().setTimeouts({ script: 60_000 });
    await driver.get(`${files.url}/`);
    await driver.wait(until.elementLocated(By.css('.row[data-vendor]')), 20_000);
    const ask = async (paths: readonly string[]) => {
      const script = `const done = arguments[0]; ${askingScript(paths)}.then(done, (error) => done(String(error)));`;
      const answers = await driver.executeAsyncScript<Answer[] | string>(script);
      expect(Array.isArray(answers), String(answers)).toBe(true);
      return answers as Answer[];
    };
    await expectSameAnswers(site.directory, OTHER_REQUESTS, ask);
  }, 120_000);
});
