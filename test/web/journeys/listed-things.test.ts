import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { fountainCity, writeCity } from '../../fixtures/fountain-city.ts';
import { noBrowser, PHONE, pageFixture, visit } from '../browser.ts';
import { startServer } from '../page-server.ts';

const directory = mkdtempSync(`${tmpdir()}/curbside-listed-`);
afterAll(() => rmSync(directory, { recursive: true }));

/** Words of street food with permits, and what the page says in their place. */
const LANGUAGES = {
  en: {
    other: /street food|\bvendors?\b|permi[ts]|\bfoods?\b|truck|\bdish|hungry|menu/i,
    tagline: 'Drinking fountains in Vienna',
    count: '12 drinking fountains',
  },
  es: {
    other: /comida|puesto|permis|platos?\b|camion/i,
    tagline: 'Fuentes de agua en Vienna',
    count: '12 fuentes de agua',
  },
  ru: {
    other: /(?<!\p{L})еда(?!\p{L})|продав|разреш|блюд|меню|фургон/iu,
    tagline: 'Питьевые фонтанчики: Vienna',
    count: '12 питьевых фонтанчиков',
  },
  zh: { other: /餐车|美食|许可|菜/, tagline: 'Vienna 的饮水点', count: '12 个饮水点' },
  'zh-tw': { other: /餐車|美食|許可|餐點/, tagline: 'Vienna 的地點', count: '12 個地點' },
} as const;

/** Everything that a person can read or hear. */
const wordsOf = (page: Page): Promise<string> =>
  page.evaluate(`[
    document.title,
    document.body.textContent,
    ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((element) =>
      ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''),
    ),
  ].join('\\n')`);

describe.skipIf(noBrowser)('a map of drinking fountains', () => {
  const shared = pageFixture(() => startServer(['--city', writeCity(directory, fountainCity())]));

  it.each(Object.entries(LANGUAGES))('says nothing of food, vendors and permits in %s', async (language, words) => {
    const { page, done } = await visit(shared.browser, `${shared.url}/?lang=${language}`, PHONE);
    await page.locator('.row').first().waitFor();
    expect(await page.locator('.tagline').textContent()).toBe(words.tagline);
    expect(await page.locator('.summary').textContent()).toBe(words.count);
    expect(await wordsOf(page)).not.toMatch(words.other);
    for (const control of ['more', 'when']) {
      await page.locator(`[data-control="${control}"]`).click();
      await page.locator('dialog .sheet-head').waitFor();
      expect(await wordsOf(page)).not.toMatch(words.other);
      await page.locator('dialog .close').click();
    }
    await page.locator('.row .branch').first().click();
    await page.locator('#detail-name').waitFor();
    expect(await wordsOf(page)).not.toMatch(words.other);
    await page.goto(`${shared.url}/?lang=${language}&q=qqqq`);
    await page.locator('.state h3').waitFor();
    expect(await wordsOf(page)).not.toMatch(words.other);
    await done();
  });

  it('has its first words right: nothing about street food is shown before the metadata', async () => {
    const { page, done } = await visit(shared.browser, 'about:blank');
    await page.route('**/meta', async (route) => {
      await new Promise((later) => setTimeout(later, 800));
      await route.continue();
    });
    await page.addInitScript(`{
      window.seen = [];
      new MutationObserver(() => window.seen.push(document.body?.textContent ?? '')).observe(document, {
        childList: true,
        subtree: true,
      });
    }`);
    await page.goto(shared.url);
    await page.locator('.row').first().waitFor();
    const seen = await page.evaluate<string[]>('window.seen');
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.filter((text) => /street food|vendor|permit/i.test(text))).toEqual([]);
    await done();
  });

  it('has its own texts in previews of links, without a picture of street food', async () => {
    const html = await (await fetch(shared.url)).text();
    const contents = [...html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g)];
    const tags = Object.fromEntries(contents.map(([, name, content]) => [name, content]));
    expect(tags['og:title']).toBe('Curbside: Drinking fountains in Vienna');
    expect(tags['og:description']).toBe(
      'Drinking fountains in Vienna on a map: where they are, and when they are open.',
    );
    expect(tags['twitter:card']).toBe('summary');
    expect(contents.map(([, , content]) => content).join('\n')).not.toMatch(/street food|permit|truck/i);
    const image = await fetch(tags['og:image'] ?? '');
    expect([image.status, image.headers.get('Content-Type')]).toEqual([200, 'image/png']);
  });
});

describe.skipIf(noBrowser)('a city that offers some languages', () => {
  const city = fountainCity({ languages: ['es', 'ru'] });
  const shared = pageFixture(() => startServer(['--city', writeCity(directory, { ...city, id: 'two-languages' })]));

  it.each([
    ['en-US', '/', 'es'],
    ['ru-RU', '/', 'ru'],
    ['en-US', '/?lang=ru', 'ru'],
    ['en-US', '/?lang=zh', 'es'],
  ])('%s at %s is served in %s, and the choice has only those', async (locale, path, language) => {
    const { page, done } = await visit(shared.browser, `${shared.url}${path}`, { locale });
    await page.locator('.row').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const choice = page.locator('.languages a');
    expect(await choice.evaluateAll((links) => links.map((link) => link.getAttribute('hreflang')))).toEqual([
      'es',
      'ru',
    ]);
    await done();
  });

  it('has the default in its HTML, for readers without JavaScript', async () => {
    expect(await (await fetch(shared.url)).text()).toContain('<html lang="es" data-languages="es ru" data-wording>');
  });
});
