/** The text between two full stops or semicolons, split at colons and commas. */
export type Sentence = readonly string[];

/** A full stop after one of these does not end a sentence: `St. Louis`, `Dr. Pepper`, initials. */
const ABBREVIATION = /(?:^|[^\p{L}])(?:st|dr|mr|mrs|ms|no|vs|oz|lb|lbs|jr|sr|incl|approx|\p{L})$/iu;

/**
 * Splits a food text at its separators. The city's export turned every comma into a colon (0 of 6,879 rows have a comma),
 * so both separate dishes, as do `;`, line breaks and full stops. Text in parentheses stays together, with commas for its
 * colons. Parts are trimmed and blanks reduced to one; no letter or digit is lost.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: string[][] = [[]];
  /** The characters of the current part. A text would be copied whenever its end is looked at. */
  let part: string[] = [];
  let depth = 0;
  const pairs = pairedParentheses(text);
  const endPart = () => {
    const trimmed = trimPart(part.join(''));
    if (trimmed) sentences.at(-1)?.push(trimmed);
    part = [];
  };
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    const betweenDigits = /\d/.test(text[index - 1] ?? '') && /\d/.test(text[index + 1] ?? '');
    if (pairs.has(index)) depth += char === '(' ? 1 : -1;
    if (depth > 0 && /[:;\n]/.test(char) && !betweenDigits) {
      while (part.at(-1)?.trim() === '') part.pop();
      part.push(',', ' ');
    } else if (depth > 0 || betweenDigits) part.push(char);
    else if (/[:,|•·]/.test(char)) endPart();
    else if (/[;\n\r]/.test(char) || (char === '.' && endsSentence(text, index))) {
      endPart();
      sentences.push([]);
    } else part.push(char);
  }
  endPart();
  return sentences.filter((sentence) => sentence.length > 0);
}

/** `1. `, `2) `, `3 - ` before a word. */
const LIST_NUMBER = /(?<![\p{L}\p{N}.:/-])(\d{1,2})\s?[.):-]\s*(?=\p{L})/gu;

/** Puts separators in the place of a list's numbers, which count up from 1: "1. Tacos 2. Burritos". Other numbers stay. */
export function separateNumbered(text: string): string {
  const numbers = Array.from(text.matchAll(LIST_NUMBER), ([, number]) => Number(number));
  if (numbers.length < 2 || numbers.some((number, index) => number !== index + 1)) return text;
  return text.replace(LIST_NUMBER, '; ');
}

function endsSentence(text: string, index: number): boolean {
  if (!/^(?:\s|$|\p{Lu}|:|;)/u.test(text.slice(index + 1, index + 3))) return false;
  return !ABBREVIATION.test(text.slice(Math.max(0, index - 8), index));
}

/** Positions of matching parentheses; an unmatched one is like any other character. */
function pairedParentheses(text: string): ReadonlySet<number> {
  const open: number[] = [];
  const paired = new Set<number>();
  for (const { 0: char, index } of text.matchAll(/[()]/g)) {
    const opening = char === '(' ? undefined : open.pop();
    if (char === '(') open.push(index);
    else if (opening !== undefined) paired.add(opening).add(index);
  }
  return paired;
}

function trimPart(part: string): string {
  return (
    part
      .replace(/\s+/g, ' ')
      .replace(/\(\s+/g, '(')
      // A run is tried from its first character only: from each, a long run without the end would cost its square.
      .replace(/(?<![\s,])[\s,]+\)/g, ')')
      .replace(/^[\s.:;,*–—-]+|(?<![\s.:;,*–—-])[\s.:;,*–—-]+$/g, '')
  );
}

const DRINK = /^(?:drinks?|beverages?|sodas?|waters?|juices?|coffees?|teas?|lemonades?|refreshments?|coke|milk)$/i;
const SIDE = /^(?:snacks?|cookies|candy|candies|gum|desserts?|pastries|popcorn|crackers)$/i;
/** Words that share the noun after "and": "hot and cold drinks" is one item. */
const MODIFIER =
  /^(?:hot|cold|iced?|sweet|savou?ry|spicy|canned|can|bottled?|fresh|various|assorted|other|natural|organic|local|warm|frozen|flavou?red|alcoholic|non-?alcoholic|soft|mixed|sparkling|still|black|green|herbal|milk|fruit|vegetable|energy|sports|mexican|american|asian|indian|pakistani|chinese|japanese|korean|thai|vietnamese|filipino|italian|irish|french|african)$/i;

/**
 * Splits dishes at "and", "&" or "+" only where both sides are surely complete: the right one is drinks, snacks or sweets
 * in at most four words ("Chips & Soda"). So "mac and cheese", "fish & chips", "salt and pepper" and "Chips & Salsa"
 * stay one dish, and "& various drinks" after a colon loses its "&".
 */
export function splitDishes(part: string): string[] {
  const whole = part.replace(/^(?:and|&|\+)\s+(?=\S)/i, '').replace(/(?<=\S)\s+(?:and|&|\+)$/i, '');
  const dishes: string[] = [];
  let end = whole.length;
  const modifiersEnd = endOfModifiers(whole);
  for (const joint of [...maskParentheses(whole).matchAll(/\s+(?:and|&|\+)\s+/gi)].reverse()) {
    const right = whole.slice(joint.index + joint[0].length, end);
    if (joint.index < modifiersEnd || !areSeparateDishes(whole.slice(0, joint.index), right)) continue;
    dishes.unshift(right);
    end = joint.index;
  }
  return whole ? [whole.slice(0, end), ...dishes] : [];
}

/** Masks the characters in parentheses; positions stay the same. */
function maskParentheses(text: string): string {
  return text.replace(/\([^()]*\)/g, (inner) => '#'.repeat(inner.length));
}

/** The start of the first word that is no modifier. */
function endOfModifiers(text: string): number {
  for (const { 0: word, index } of text.matchAll(/[^ ]+/g)) if (!MODIFIER.test(word)) return index;
  return text.length + 1;
}

/** Words of the dish after "and", at most. */
const MAX_RIGHT_WORDS = 4;

function areSeparateDishes(left: string, right: string): boolean {
  const rightWords = right.split(' ', MAX_RIGHT_WORDS + 1);
  const [leftHead, head] = [left.slice(left.lastIndexOf(' ') + 1), rightWords.at(-1) ?? ''];
  if (/^(?:hot|cold|various|natural|non)$/i.test(leftHead)) return false;
  if (rightWords.length > MAX_RIGHT_WORDS || !rightWords.slice(0, -1).every((word) => /^[\p{L}-]+$/u.test(word)))
    return false;
  if (DRINK.test(head) || SIDE.test(head)) return !/^(?:milk|cookies|with|or|and|&)$/i.test(leftHead);
  return /^(?:potato )?chips$/i.test(right) && (DRINK.test(leftHead) || SIDE.test(leftHead));
}
