import type { FoodWords } from './food-words.ts';

/** Fewer dishes in a row may be one: "taco salad", "breakfast burrito plate". */
const MIN_RUN = 4;

/** What a word of the run may have between itself and the next one. */
const JOINT = /^(?:\s+(?:and|&|\+)\s+|\s+)$/i;

/**
 * Splits a list that has no separators: a run of four or more words that each are a dish of the vocabulary ("Tacos burritos quesadillas
 * tortas"). Words before the run belong to its first dish, words after it to its last.
 */
export function splitRun(dish: string, words: FoodWords): string[] {
  const found = Array.from(dish.matchAll(/[\p{L}\p{M}'’-]+/gu), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    isDish: words.isDish(word) || words.isPluralDish(word),
    isJoint: /^and$/i.test(word),
  })).filter(({ isJoint }) => !isJoint);
  const ends: number[][] = [];
  let run: (typeof found)[number][] = [];
  const endRun = () => {
    if (run.length >= MIN_RUN) ends.push(...run.slice(1).map(({ start }, at) => [run[at]?.end ?? start, start]));
    run = [];
  };
  for (const word of found) {
    const last = run.at(-1);
    if (!word.isDish || (last && !JOINT.test(dish.slice(last.end, word.start)))) endRun();
    if (word.isDish) run.push(word);
  }
  endRun();
  const dishes: string[] = [];
  let from = 0;
  for (const [end, start] of ends) {
    dishes.push(dish.slice(from, end));
    from = start ?? from;
  }
  return [...dishes, dish.slice(from)];
}
