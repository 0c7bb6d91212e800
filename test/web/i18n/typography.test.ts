import { describe, expect, it } from 'vitest';
import type { Language } from '../../../web/i18n/language.ts';
import { type LocaleFormats, localeFormats, type PluralForms } from '../../../web/i18n/locale-formats.ts';
import { createTranslations } from '../../../web/i18n/translations.ts';
import { isTraditional } from '../../fixtures/big5.ts';
import { ALL } from './all-languages.ts';
import { HALF_WIDTH, HAN_GAP } from './chinese-punctuation.ts';
import { renderedMessages } from './sample-messages.ts';

/** With the regions whose formats differ: 12 and 24 hours, miles and kilometres. */
const LOCALES: readonly (readonly [Language, string])[] = [
  ['en', 'en-US'],
  ['en', 'en-GB'],
  ['es', 'es-US'],
  ['es', 'es-ES'],
  ['ru', 'ru-RU'],
  ['ru', 'ru-US'],
  ['zh', 'zh-CN'],
  ['zh', 'zh-Hans-US'],
  ['zh-tw', 'zh-TW'],
  ['zh-tw', 'zh-HK'],
  ['zh-tw', 'zh-Hant-US'],
];

describe.each(LOCALES)('every text in %s, for %s', (language, locale) => {
  const texts = renderedMessages(createTranslations(ALL[language], locale), ALL[language](localeFormats(locale)));
  const matching = (pattern: RegExp, except: RegExp = /^$/) =>
    texts.filter(([key, text]) => !except.test(key) && pattern.test(text));

  it('has a sample', () => {
    const keys = new Set(texts.map(([key]) => key.split('.')[0]));
    expect(Object.keys(ALL[language](localeFormats(locale))).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('has all of its values, and no blanks at its ends', () => {
    expect(matching(/undefined|null|NaN|#|\[object|\s{2}|^\s|\s$/, /^separators/)).toEqual([]);
  });

  it('has one full stop at the end of a sentence', () => {
    expect(matching(/[.。]\s?[.。]|[.。][,，;；]|[:：]\s?[.。]/)).toEqual([]);
  });

  it('continues in lower case after a colon', () => {
    if (!/^(en|es|ru)$/.test(language)) return;
    // A name or a day follows.
    expect(matching(/: (?!San Francisco|Mon|Thu|Sun|Corner|Tacos)\p{Lu}/u, /^separators/)).toEqual([]);
  });

  it('has Chinese punctuation next to Chinese characters, and no blanks between them', () => {
    expect(matching(HALF_WIDTH)).toEqual([]);
    expect(matching(HAN_GAP)).toEqual([]);
  });

  it('has only traditional characters, if it says so', () => {
    if (language === 'zh-tw') expect(texts.filter(([, text]) => !isTraditional(text))).toEqual([]);
    if (language === 'zh') expect(texts.filter(([, text]) => !isTraditional(text)).length).toBeGreaterThan(100);
  });

  it('has the plural forms of its language', () => {
    const rules = new Intl.PluralRules(locale);
    const needed = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)));
    // The genitive plural is the same for 2 and 5, and so is the prepositional: "не больше 2 продавцов", "в 2 местах".
    const twoForms = language === 'ru' ? /продавца,|месте,/ : /^$/;
    const missing: string[] = [];
    const formats: LocaleFormats = {
      ...localeFormats(locale),
      plural(n: number, forms: PluralForms) {
        const written = `${Object.values(forms).join(', ')}`;
        const has = (rule: Intl.LDMLPluralRule) => rule in forms || (rule === 'many' && 'few' in forms);
        if (!twoForms.test(written))
          missing.push(...[...needed].filter((rule) => !has(rule)).map((rule) => `${rule}: ${written}`));
        return localeFormats(locale).plural(n, forms);
      },
    };
    renderedMessages(createTranslations(ALL[language], locale), ALL[language](formats));
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('the checks find', () => {
  it.each([
    ['你好, 世界', HALF_WIDTH],
    ['周一:关门', HALF_WIDTH],
    ['营业(3)', HALF_WIDTH],
    ['营业至 下午', HAN_GAP],
    ['结果。 以下', HAN_GAP],
  ])('%s', (text, pattern) => {
    expect(pattern.test(text)).toBe(true);
  });
  it.each(['11:00 营业', '3 家餐车，16 个地点', '周一至周五 11:00–14:00', '37.7, -122.4 附近'])(
    'nothing in %s',
    (text) => {
      expect([HALF_WIDTH.test(text), HAN_GAP.test(text)]).toEqual([false, false]);
    },
  );
});
