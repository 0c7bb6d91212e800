import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('a device that cannot keep anything', () => {
  const shared = fixture();
  const found = async (query: string): Promise<string> => {
    const { hits, locations } = await shared.api(query);
    return text.found(hits, locations);
  };
  const open = async () => (await shared.open({ ...DESKTOP, serviceWorkers: 'allow' })).page;
  type Page = Awaited<ReturnType<typeof open>>;

  async function openControlled(page: Page): Promise<void> {
    await page.goto(`${shared.url}/?q=tacos`);
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
  }

  /** Limits what the browser keeps for the page, in bytes: less than it keeps already, so that nothing can be added. */
  async function fillDevice(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(shared.url).origin, quotaSize: 1 });
  }

  async function search(page: Page, q: string): Promise<void> {
    await page.locator('#q').fill(q);
    const expected = await found(`?q=${q}`);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(expected);
    expect(await page.getByRole('heading', { name: text.failures.unreachable.heading }).count()).toBe(0);
  }

  it('full: answers arrive, the page loads again, and its saved shell stays', async () => {
    const page = await open();
    await openControlled(page);
    const shell = () =>
      page.evaluate(
        "caches.keys().then((names) => caches.open(names.find((name) => name.includes('/shell-')))).then((shell) => shell.keys()).then((all) => all.length)",
      );
    const files = await shell();
    await fillDevice(page);
    const isFull =
      "caches.open('/answers').then((all) => all.put('/probe', new Response('x'.repeat(1e6)))).then(() => false, () => true)";
    expect(await page.evaluate(isFull)).toBe(true);
    for (const q of ['coffee', 'burgers']) await search(page, q);
    await page.reload();
    await search(page, 'pizza');
    expect(await shell()).toBe(files);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('#q').waitFor();
    await page.context().close();
  });

  it('with the caches of an earlier version: they are deleted', async () => {
    const page = await open();
    await page.goto(`${shared.url}/healthz`);
    const former = ['shell-0123abcd', 'answers'];
    await page.evaluate(`Promise.all(${JSON.stringify(former)}.map((name) => caches.open(name))).then(() => true)`);
    await openControlled(page);
    const names = () => page.evaluate<string[]>('caches.keys()');
    await expect.poll(async () => (await names()).some((name) => former.includes(name))).toBe(false);
    expect((await names()).some((name) => name.startsWith('/shell-'))).toBe(true);
    await page.context().close();
  });

  it('private: the page answers although caches and local storage refuse', async () => {
    const page = await open();
    await page.addInitScript(`
      const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
      Object.defineProperty(window, 'localStorage', { get: refuse });
      Object.defineProperty(window, 'sessionStorage', { get: refuse });
      Object.defineProperty(window, 'indexedDB', { get: refuse });
      Object.defineProperty(window, 'caches', { get: refuse });
    `);
    await page.goto(`${shared.url}/?q=tacos`);
    const expected = await found('?q=tacos');
    await expect.poll(() => page.locator('.summary').textContent()).toBe(expected);
    await search(page, 'coffee');
    await page.context().close();
  });
});
