import type { CityWording } from '../../functions/model/city-wording.ts';
import type { Language } from './language.ts';
import type { PluralForms } from './locale-formats.ts';
import type { Translations } from './translations.ts';
import { wordingEn } from './wording/wording-en.ts';
import { wordingEs } from './wording/wording-es.ts';
import { wordingRu } from './wording/wording-ru.ts';
import type { WordingTexts } from './wording/wording-texts.ts';
import { wordingZh } from './wording/wording-zh.ts';
import { wordingZhTw } from './wording/wording-zh-tw.ts';

/** A chunk of its own, because few cities list something else than street food with permits. */
const TEXTS: Record<Language, WordingTexts> = {
  en: wordingEn,
  es: wordingEs,
  ru: wordingRu,
  zh: wordingZh,
  'zh-tw': wordingZhTw,
};

/** The word after a number in Chinese, which a count of any noun can have. */
const CLASSIFIERS: Partial<Record<Language, string>> = { zh: '个', 'zh-tw': '個' };

/** The page's texts for what a city lists. */
export function cityTexts(t: Translations, language: Language, { vendor, food, permits }: CityWording): Translations {
  const { place, texts } = TEXTS[language];
  const given = vendor[language];
  const forms = given ?? place;
  const classifier = CLASSIFIERS[language] ?? '';
  const numbered = Object.fromEntries(
    Object.entries(forms).map(([rule, form]) => [rule, classifier ? `# ${classifier}${form}` : `# ${form}`]),
  ) as PluralForms;
  const things = {
    count: (n: number) => t.plural(n, numbered),
    plural: forms.other,
    singular: forms.one ?? forms.other,
    arePlaces: given === undefined,
    hasFood: food,
    hasPermits: permits,
  };
  return { ...t, ...texts(t, t, things) };
}
