import { describe, expect, it } from 'vitest';
import { chooseLanguage, LANGUAGE_TAGS, LANGUAGES, type Language } from '../../../web/i18n/language.ts';
import { en } from '../../../web/i18n/languages/en.ts';
import { es } from '../../../web/i18n/languages/es.ts';
import { ru } from '../../../web/i18n/languages/ru.ts';
import { localeFormats } from '../../../web/i18n/locale-formats.ts';
import { createTranslations, inUnits } from '../../../web/i18n/translations.ts';
import { fixture, noBrowser, PHONE, visit } from '../browser.ts';
import { ALL } from './all-languages.ts';
import { HALF_WIDTH, HAN_GAP } from './chinese-punctuation.ts';

/** Every key of a language, nested ones with dots. */
function keysOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? keysOf(one, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}

describe.each(Object.keys(LANGUAGES) as Language[])('the texts in %s', (language) => {
  const words = ALL[language](localeFormats(language));
  it('are complete, and none is empty', () => {
    expect(keysOf(words).sort()).toEqual(keysOf(en(localeFormats('en'))).sort());
    const empty = Object.entries(words).filter(([, one]) => one === '');
    expect(empty).toEqual([]);
  });
  it('are translated', () => {
    if (language === 'en') return;
    const english = en(localeFormats('en')) as Record<string, unknown>;
    const same = Object.entries(words).filter(([key, one]) => typeof one === 'string' && one === english[key]);
    // Brand names are the same in every language.
    expect(same.map(([key]) => key).filter((key) => !/^(name|directions\w+)$/.test(key))).toEqual([]);
  });
  it('contain the number that they are about', () => {
    const text = createTranslations(ALL[language], language);
    for (const n of [0, 1, 2, 5, 11, 21, 22, 25, 101, 1000]) {
      expect(text.found(n, n)).toContain(text.number(n));
      expect(text.moreBranches(n)).toContain(text.number(n));
      expect(text.closesIn(n)).toContain(text.number(n));
      expect(text.limitFilter(n)).toContain(text.number(n));
      if (n > 1) expect(text.truncated(n)).toContain(text.number(n));
    }
  });
});

it('Russian has three plural forms', () => {
  const { found } = createTranslations(ru, 'ru');
  expect([found(1, 1), found(3, 21), found(5, 5), found(21, 2)]).toEqual([
    '1 продавец в 1 месте',
    '3 продавца в 21 месте',
    '5 продавцов в 5 местах',
    '21 продавец в 2 местах',
  ]);
});

it('no language uses a plural for one', () => {
  const one = { en: '1 vendor', es: '1 puesto', zh: '1 家', 'zh-tw': '1 家', ru: '1 продавца' };
  for (const [language, words] of Object.entries(one)) {
    const text = createTranslations(ALL[language as Language], language);
    expect(text.limitFilter(1)).toMatch(new RegExp(`${words}$`));
    expect(text.truncated(1)).not.toMatch(/vendors|los primeros|первые/);
  }
});

describe('the choice of language', () => {
  it.each<[string | null, string[], string, string]>([
    [null, ['en-US'], 'en', 'en-US'],
    [null, ['fr-FR', 'es-MX', 'en-US'], 'es', 'es-MX'],
    [null, ['fr-FR'], 'en', 'en-FR'],
    ['es', ['en-US', 'en'], 'es', 'es-US'],
    ['zh', ['ru-RU'], 'zh', 'zh-Hans-RU'],
    ['zh', ['en-TW'], 'zh', 'zh-Hans-TW'],
    ['zh-Hant', ['ru-RU'], 'zh-tw', 'zh-Hant-RU'],
    ['zh-tw', ['en-US'], 'zh-tw', 'zh-Hant-US'],
    [null, ['zh-TW', 'en-US'], 'zh-tw', 'zh-TW'],
    [null, ['zh-HK'], 'zh-tw', 'zh-HK'],
    [null, ['zh-Hant-MO'], 'zh-tw', 'zh-Hant-MO'],
    [null, ['zh-CN'], 'zh', 'zh-CN'],
    [null, ['zh-SG', 'zh-TW'], 'zh', 'zh-SG'],
    ['zh-cn', ['zh-TW'], 'zh', 'zh-Hans-TW'],
    ['ru', ['ru-KZ'], 'ru', 'ru-KZ'],
    ['tlh', ['en-GB'], 'en', 'en-GB'],
    ['"><script>', [], 'en', 'en'],
  ])('link %s, browser %o: %s in %s', (requested, preferred, language, locale) => {
    expect(chooseLanguage(requested, preferred)).toEqual({ language, locale });
  });
  it('distances follow the region, not the language, until the user chooses the units', () => {
    expect(createTranslations(es, 'es-US').distance(4000)).toContain('mi');
    expect(createTranslations(es, 'es-MX').distance(4000)).toContain('km');
    expect(inUnits(createTranslations(es, 'es-MX'), 'mi').distance(4000)).toBe('2.5 mi');
    expect(inUnits(createTranslations(es, 'es-US'), 'km').distance(4000)).toBe('4 km');
  });
});

describe.skipIf(noBrowser)('the page in another language', () => {
  const shared = fixture();
  it.each(['es', 'zh', 'zh-tw', 'ru'] as const)(
    '%s: is translated, and downloads no other language',
    async (language) => {
      const text = createTranslations(ALL[language], `${LANGUAGE_TAGS[language]}-US`);
      const { page, done } = await visit(shared.browser, 'about:blank', PHONE);
      const files: string[] = [];
      page.on('request', (request) => files.push(request.url()));
      await page.goto(`${shared.url}/?q=tacos&lang=${language}`);
      await page.locator('.row[data-vendor]').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(LANGUAGE_TAGS[language]);
      expect(await page.getByRole('combobox', { name: text.searchLabel }).inputValue()).toBe('tacos');
      await page.getByRole('button', { name: text.why }).first().waitFor();
      const loaded = files.flatMap((url) => /assets\/(en|es|zh|zh-tw|ru)-[0-9A-Z]{8}\.js/.exec(url)?.[1] ?? []);
      expect(loaded).toEqual([language]);
      await page.screenshot({ path: `test/output/page-${language}-390.png` });
      await page.getByRole('button', { name: text.why }).first().click();
      await page
        .locator('.why')
        .getByText(/[.。]$/)
        .waitFor();
      const shown = await page.evaluate<string>('document.body.innerText');
      expect(shown.split('\n').filter((line) => HALF_WIDTH.test(line) || HAN_GAP.test(line))).toEqual([]);
      expect(shown.match(/[.。]\s?[.。]/)).toBeNull();
      await page.getByRole('link', { name: LANGUAGES.en }).click();
      await page.waitForURL(/lang=en/);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await done();
    },
  );
});
