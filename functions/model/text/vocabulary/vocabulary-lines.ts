import type { LanguageVocabulary } from './language-vocabulary.ts';

/** `fish, squid: pescado, calamar` line by line; a line may go on on the next one, which then has no colon. */
export function linesOf(text: string): { meanings: string[]; words: string[] }[] {
  return text
    .trim()
    .replace(/,\s*\n/g, ', ')
    .split('\n')
    .flatMap((line) => {
      const [meanings = '', words = ''] = line.split(':');
      return words === '' ? [] : [{ meanings: listOf(meanings), words: listOf(words) }];
    });
}

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

/** The words of food on either side of a language's lines. */
export function foodWordsOf({ foods, meanings, diets, kinds }: LanguageVocabulary): string[] {
  return [foods, ...[meanings, diets, kinds].flatMap(linesOf).flatMap((line) => [...line.meanings, ...line.words])];
}
