import { createTranslations, type MessagesFor, type Translations } from './translations.ts';

/** The page's languages, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español', zh: '中文', ru: 'Русский' } as const;
export type Language = keyof typeof LANGUAGES;

/** BCP 47 tags for `lang` attributes: Chinese is in simplified characters. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', es: 'es', zh: 'zh-Hans', ru: 'ru' };

/** Each language is a separate file: only the chosen one is downloaded. */
const LOADERS: Record<Language, () => Promise<MessagesFor>> = {
  en: async () => (await import('./languages/en.ts')).en,
  es: async () => (await import('./languages/es.ts')).es,
  zh: async () => (await import('./languages/zh.ts')).zh,
  ru: async () => (await import('./languages/ru.ts')).ru,
};

/** A language, and the locale for numbers, times and distances. */
export type LanguageChoice = { readonly language: Language; readonly locale: string };

/**
 * The language that a link requests, else the browser's first preference that the page has, else English. The region is
 * always the browser's: Spanish in the United States uses miles.
 */
export function chooseLanguage(requested: string | null, preferred: readonly string[]): LanguageChoice {
  const candidates = [...(requested ? [requested] : []), ...preferred];
  const language = candidates.map(languageOf).find((one) => one !== null) ?? 'en';
  const exact = preferred.find((tag) => languageOf(tag) === language);
  if (exact) return { language, locale: exact };
  const region = preferred.map(regionOf).find((one) => one !== null);
  return { language, locale: region ? `${language}-${region}` : language };
}

export async function loadTranslations({ language, locale }: LanguageChoice): Promise<Translations> {
  return createTranslations(await LOADERS[language](), locale);
}

function languageOf(tag: string): Language | null {
  const base = tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(LANGUAGES, base) && isLocale(tag) ? (base as Language) : null;
}

function regionOf(tag: string): string | null {
  return isLocale(tag) ? (new Intl.Locale(tag).region ?? null) : null;
}

function isLocale(tag: string): boolean {
  try {
    return Boolean(new Intl.Locale(tag));
  } catch {
    return false;
  }
}
