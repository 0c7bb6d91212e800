import { LANGUAGES } from '../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { linesOf, listOf } from '../../functions/model/text/vocabulary/vocabulary-lines.ts';

/** Every word and phrase of the vocabularies, in all languages. */
export function vocabularyWords(): string[] {
  return LANGUAGES.flatMap((language) => [
    ...[...linesOf(language.meanings), ...linesOf(language.diets), ...linesOf(language.kinds)].flatMap(
      (line) => line.words,
    ),
    ...[language.fillers, language.ignored, language.foods].flatMap((words) => words.trim().split(/\s+/)),
    ...[language.asides, language.negations, language.negationsAfter, language.connectives].flatMap(listOf),
    ...[language.conjunctions, language.nearMe, language.openNow, language.whens].flatMap(listOf),
  ]).filter(Boolean);
}
