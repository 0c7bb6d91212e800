import { en } from './english.ts';
import type { CityVocabulary, LanguageVocabulary } from './language-vocabulary.ts';

/** A city's vocabulary as that of a language, without words where the city adds none. */
export function asLanguage(own: CityVocabulary): LanguageVocabulary {
  const noWords = Object.fromEntries(Object.keys(en).map((part) => [part, ''])) as Record<
    keyof LanguageVocabulary,
    string
  >;
  return { ...noWords, ...own };
}
