import { en } from '../../web/i18n/languages/en.ts';
import { createTranslations, type Translations } from '../../web/i18n/translations.ts';

/** English, for readers of that region. */
export function english(locale: string): Translations {
  return createTranslations(en, locale);
}
