import { capitalLetter } from '../../functions/model/text/capital-letter.ts';

/** Words that stay in capitals when the case of a text in capitals is repaired, in any city. */
const ACRONYMS = new Set(
  'ABC BBQ BLT DC DIY DJ EU EZ IPA KFC LLC NY NYC OK PB PBJ PM SF TNT TV UFO UK USA VIP'.split(' '),
);

/** Titles and endings of names, which look like initials. */
const SHORT_WORDS = new Set('MR MRS DR ST JR SR LTD'.split(' '));
/** The same, if a full stop follows: "BH & MT LLC" is initials. */
const SHORT_BEFORE_STOP = new Set('MS MT FT'.split(' '));

const VOWEL = /[AEIOUY]/;

/**
 * The spelling of a word in capitals that is not simply lower case with or without a first capital: "NY", "DJ's", "McDonald's",
 * "O'Brien"; `undefined` for any other word.
 * @param word letters and apostrophes @param after the text after it @param acronyms the city's own
 */
function specialSpelling(word: string, after: string, acronyms: readonly string[]): string | undefined {
  const [, base = word, ending = ''] = /^(.+)(['’]S)$/u.exec(word) ?? [];
  const spelled = spellingOf(base, after, acronyms);
  return spelled === undefined ? undefined : spelled + ending.toLowerCase();
}

function spellingOf(base: string, after: string, acronyms: readonly string[]): string | undefined {
  if (ACRONYMS.has(base) || acronyms.includes(base)) return base;
  if (SHORT_WORDS.has(base) || (SHORT_BEFORE_STOP.has(base) && after.startsWith('.'))) return capitalized(base);
  // Two or three of one letter are initials or a Roman numeral: "JJ", "II", "AAA".
  if (/^(\p{L})\1{1,2}$/u.test(base)) return base;
  if (/^MC\p{L}{3,}$/u.test(base)) return `Mc${capitalized(base.slice(2))}`;
  const prefix = /^([ODL]['’])(\p{L}{3,})$/u.exec(base);
  return prefix ? `${prefix[1]}${capitalized(prefix[2] ?? '')}` : undefined;
}

/** "HALAL SF GYRO" to "Halal SF Gyro". Initials stay in capitals: words of one letter, or of two or three consonants. */
export function repairNameCase(name: string, acronyms: readonly string[] = []): string {
  return name.replace(/[\p{L}\p{M}'’]+/gu, (word, start: number) => {
    const after = name.slice(start + word.length);
    const special = specialSpelling(word, after, acronyms) ?? romanNumeral(word, after, start);
    if (special !== undefined) return special;
    if (/\d/.test(name.charAt(start - 1)) && /^(?:ST|ND|RD|TH)$/.test(word)) return word.toLowerCase();
    const [base = word] = word.split(/['’]S$/u);
    const letters = base.normalize('NFKD').replace(/[^\p{L}]/gu, '');
    const isInitials = letters.length === 1 || (letters.length <= 3 && !VOWEL.test(letters));
    return isInitials ? base + word.slice(base.length).toLowerCase() : capitalized(word);
  });
}

/** At the end of a name only: "EL SUR IV", but "VI'S KITCHEN". */
function romanNumeral(word: string, after: string, start: number): string | undefined {
  return start > 0 && after === '' && /^(?:IV|VI{1,3}|IX|XI{1,3})$/.test(word) ? word : undefined;
}

/** Whether a text is in capitals, so that its case says nothing. */
function isAllCapitals(text: string): boolean {
  if (/\p{Ll}/u.test(text)) return false;
  if (/\p{Lu}{4}/u.test(text)) return true;
  const words = text.split(/\s+/).filter((word) => /\p{Lu}/u.test(word));
  return words.length > 1;
}

/** Characters of what is looked for before a word, with the character before it. */
const LONGEST_TITLE = 8;

/** Sentence case for a dish in capitals ("PB & J sandwich"); any other dish only gets a capital first letter. */
export function repairDishCase(dish: string, acronyms: readonly string[]): string {
  const inCapitals = isAllCapitals(dish);
  const words = dish.replace(/[\p{L}\p{M}'’]+/gu, (word, start: number) => {
    if (acronyms.includes(word.toUpperCase()) && !/^\p{Lu}\p{Ll}/u.test(word)) return word.toUpperCase();
    if (!inCapitals) return word;
    const before = dish.slice(Math.max(0, start - LONGEST_TITLE), start);
    const after = dish.slice(start + word.length);
    if (word.length === 1 && (/&\s*$/.test(before) || /^\s*&/.test(after))) return word;
    const hasTitle = /(?:^|\s)(?:MR|MRS|MS|DR|ST)\.?\s$/.test(before);
    return specialSpelling(word, after, acronyms) ?? (hasTitle ? capitalized(word) : word.toLowerCase());
  });
  return words.replace(/^(\(?)(\p{Ll})(?!\p{Lu})/u, (_, open: string, letter: string) => open + capitalLetter(letter));
}

function capitalized(word: string): string {
  return word.slice(0, 1) + word.slice(1).toLowerCase();
}
