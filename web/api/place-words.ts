/*
 * The words that tie a place to a question, in the page's four languages. All are folded (functions/model/text/tokenizer.ts).
 */

const lines = (text: string): string[][] => text.split(',').map((phrase) => phrase.trim().split(/\s+/));

/** Phrases before a place, the longest first. */
const PREPOSITIONS = [
  ...lines(`
    near, nearby, near to, close to, next to, around, by, at, in, on, within, inside, from, corner of, at the corner of,
    on the corner of, near the corner of`),
  ...lines(`
    cerca de, cerca del, cerca a, cerca, junto a, junto al, al lado de, al lado del, alrededor de, alrededor del, en, por, entre,
    esquina de, en la esquina de, en la esquina, en el cruce de`),
  ...lines(`
    около, рядом с, рядом со, рядом, возле, у, близ, вблизи, недалеко от, неподалеку от, поблизости от, в, во, на, в раионе, на углу,
    угол, на пересечении, у пересечения`),
  ...lines('在, 靠近, 邻近, 鄰近, 位于, 位於'),
].sort((a, b) => b.length - a.length);

/** Words between a preposition and a place that say nothing. */
export const ARTICLES: ReadonlySet<string> = new Set([
  'the',
  'la',
  'el',
  'los',
  'las',
  'calle',
  'улиц',
  'улицы',
  'улице',
]);

/** Words between the names of two streets that meet. */
export const CONJUNCTIONS: ReadonlySet<string> = new Set([
  'and',
  'at',
  'n',
  'by',
  'y',
  'e',
  'con',
  'и',
  'с',
  'x',
  '和',
  '与',
  '與',
  '跟',
  '及',
]);

/** What follows the name of a neighbourhood: `mission district`. */
export const PLACE_KINDS: ReadonlySet<string> = new Set([
  'district',
  'neighborhood',
  'neighbourhood',
  'area',
  'раион',
  '区',
]);

/** Chinese words after a place, with the particle that ties them to the next word. */
export const PLACE_BEFORE =
  /^(?:(?:附近|旁[边邊]|周[围圍]|周[边邊]|一[带帶]|那[边邊]|路口|街口|[里裡]|[区區])+的?|的)$/u;

/** Splits Chinese text into words. In `现在` and `正在`, `在` is not a preposition. */
export const CHINESE_PLACE_WORDS =
  /((?:附近|旁[边邊]|周[围圍]|周[边邊]|一[带帶]|那[边邊]|路口|街口)+的?|的|(?<![现現正存实實])在|靠近|[邻鄰]近|位[于於])/u;

/** A word without the case ending that Russian adds: `финансовом квартале`. */
export function withoutCase(word: string): string {
  return word.replace(/(?<=[а-я]{4})(?:ого|ому|[аеимоуыьэюях]{1,3})$/u, '');
}

/** The number of words of the preposition at a word; 0 if there is none. */
export function prepositionLength(words: readonly { readonly word: string }[], at: number): number {
  return PREPOSITIONS.find((phrase) => phrase.every((word, offset) => words[at + offset]?.word === word))?.length ?? 0;
}

/** Whether what is between two words joins two streets: `market & 2nd`, `16th/mission`. */
export function isConjunctionSign(between: string): boolean {
  return /^\s*[&/@+]\s*$/.test(between);
}
