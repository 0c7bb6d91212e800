import type { CityVocabulary } from '../../functions/model/text/vocabulary/language-vocabulary.ts';
import type { CityFile } from './city-schema.ts';

type GivenVocabulary = NonNullable<CityFile['vocabulary']>;

/** Parts whose words are separated by blanks; those of all others by commas. */
const BLANK_SEPARATED: ReadonlySet<string> = new Set(['foods', 'fillers', 'ignored']);

/** A file's vocabulary in the form in which languages are written ({@link CityVocabulary}). */
export function compileVocabulary(vocabulary: GivenVocabulary): CityVocabulary {
  return Object.fromEntries(
    Object.entries(vocabulary).flatMap(([part, words]) => {
      if (words === undefined) return [];
      if (!Array.isArray(words)) return [[part, linesText(words)]];
      return [[part, words.join(BLANK_SEPARATED.has(part) ? ' ' : ', ')]];
    }),
  );
}

/** One line for each meaning. The line breaks and indents are part of a release's content, and so of its version: they must not change. */
function linesText(lines: Readonly<Record<string, readonly string[]>>): string {
  const written = Object.entries(lines).map(([meaning, words]) => `        ${meaning}: ${words.join(', ')}\n`);
  return `\n${written.join('')}      `;
}
