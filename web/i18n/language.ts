import { createTranslations, type MessagesFor, type Translations } from './translations.ts';

/** The page's languages, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español', zh: '简体中文', 'zh-tw': '繁體中文', ru: 'Русский' } as const;
export type Language = keyof typeof LANGUAGES;

/** BCP 47 tags for `lang` attributes and formats: Chinese by its characters, so that a region cannot change them. */
export const LANGUAGE_TAGS: Record<Language, string> = {
  en: 'en',
  es: 'es',
  zh: 'zh-Hans',
  'zh-tw': 'zh-Hant',
  ru: 'ru',
};

/** Each language is a separate file: only the chosen one is downloaded. */
const LOADERS: Record<Language, () => Promise<MessagesFor>> = {
  en: async () => (await import('./languages/en.ts')).en,
  es: async () => (await import('./languages/es.ts')).es,
  zh: async () => (await import('./languages/zh.ts')).zh,
  'zh-tw': async () => (await import('./languages/zh-tw.ts')).zhTw,
  ru: async () => (await import('./languages/ru.ts')).ru,
};

/** A language, and the locale for numbers, times and distances. */
export type LanguageChoice = { readonly language: Language; readonly locale: string };

/**
 * The language that a link requests, else the browser's first preference that the page has, else the city's default. The region is
 * always the browser's: Spanish in the United States uses miles.
 * @param offered the languages of the city, separated by blanks, the default first; without it, all, and English is the default
 */
export function chooseLanguage(
  requested: string | null,
  preferred: readonly string[],
  offered = Object.keys(LANGUAGES).join(' '),
): LanguageChoice {
  const languages = offered.split(' ');
  const candidates = [...(requested ? [requested] : []), ...preferred];
  const language =
    candidates.map(languageOf).find((one) => one !== null && languages.includes(one)) ?? (languages[0] as Language);
  const exact = preferred.find((tag) => languageOf(tag) === language);
  if (exact) return { language, locale: exact };
  const region = preferred.map(regionOf).find((one) => one !== null);
  const tag = LANGUAGE_TAGS[language];
  return { language, locale: region ? `${tag}-${region}` : tag };
}

/** The texts of the language to use ({@link chooseLanguage}); of English, if the file of that language cannot be loaded. */
export async function loadTranslations(
  requested: string | null,
  preferred: readonly string[],
  offered?: string,
): Promise<{ language: Language; translations: Translations }> {
  const load = async ({ language, locale }: LanguageChoice) => ({
    language,
    translations: createTranslations(await LOADERS[language](), locale),
  });
  return load(chooseLanguage(requested, preferred, offered)).catch(() => load(chooseLanguage('en', preferred)));
}

function languageOf(tag: string): Language | null {
  if (!isLocale(tag)) return null;
  const { language, script } = new Intl.Locale(tag).maximize();
  // Taiwan, Hong Kong and Macau write traditional characters.
  const wanted = language === 'zh' && script === 'Hant' ? 'zh-tw' : language;
  return Object.hasOwn(LANGUAGES, wanted) ? (wanted as Language) : null;
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
