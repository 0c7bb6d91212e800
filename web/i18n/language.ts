import { createTranslations, type MessagesFor, type Translations } from './translations.ts';

/** The languages that the page speaks, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español', zh: '中文', ru: 'Русский' } as const;
export type Language = keyof typeof LANGUAGES;

/** What a document says of its language: Chinese is written in simplified characters here. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', es: 'es', zh: 'zh-Hans', ru: 'ru' };

/** Each language is a file of its own: only the chosen one is downloaded. */
const LOADERS: Record<Language, () => Promise<MessagesFor>> = {
  en: async () => (await import('./languages/en.ts')).en,
  es: async () => (await import('./languages/es.ts')).es,
  zh: async () => (await import('./languages/zh.ts')).zh,
  ru: async () => (await import('./languages/ru.ts')).ru,
};

/** A language and the locale that numbers and times follow. */
export type Choice = { readonly language: Language; readonly locale: string };

/**
 * The language that a link asks for, else the first of the browser's that the page speaks, else English. The region stays
 * the reader's own: Spanish in the United States counts in miles.
 */
export function chooseLanguage(asked: string | null, preferred: readonly string[]): Choice {
  const wished = [...(asked ? [asked] : []), ...preferred];
  const language = wished.map(languageOf).find((one) => one !== null) ?? 'en';
  const exact = preferred.find((tag) => languageOf(tag) === language);
  if (exact) return { language, locale: exact };
  const region = preferred.map(regionOf).find((one) => one !== null);
  return { language, locale: region ? `${language}-${region}` : language };
}

/** The words of a choice. */
export async function loadTranslations({ language, locale }: Choice): Promise<Translations> {
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
