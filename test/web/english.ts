import { en } from '../../web/i18n/languages/en.ts';
import { createTranslations, type Translations } from '../../web/i18n/translations.ts';

/** The English texts, formatted for a locale. */
export function english(locale: string): Translations {
  return createTranslations(en, locale);
}
