import type { Sentence } from './dish-splitter.ts';

/** The parts of a sentence that say what is sold, and the words that say what is not. */
export type Exclusion = { readonly kept: readonly string[]; readonly excluded: readonly string[] };

/** "everything but …", "all types of food except …": what follows, to the end of the sentence, is not sold. */
const ALL_BUT =
  /\b(?:(?:everything|anything|all|any|every)\b.{0,80}?\s(?=(?:except|exclud|other than|apart from|aside from))|(?:everything|anything|all(?: (?:types|kinds|sorts) of)?(?: food)?(?: items?| foods?)?) (?=but\b))/i;
/** Inside a part: "burritos without beans", "salads (no nuts)". */
const LESS =
  /\((?:no|without|except)\s[^()]*\)|(?<!nothing )\b(?:except(?:ing)?\b|excluding\b|not including\b|without\b|with no\b).*$/i;
/** A part that opens as a negation: "No Mexican food allowed", "we do not serve alcohol", "but hot dogs" after a comma. */
const NOTHING_OF =
  /^(?:and |we |there is )*(?:but (?!also\b)|(?:but )?no (?!\d|sugar|added|bake|msg|salt|fat|carb)|not (?!only\b|just\b)|(?:do|does|will|can) ?not (?:sell|serve|offer|include|allow|have)|(?:don|doesn|won|can)['’]t (?:sell|serve|offer|include|allow|have))/i;
/** A part that ends as one: "hot dogs not allowed". */
const NOT_SOLD = /\b(?:not (?:allowed|permitted|included|sold|served|available)|prohibited|excluded)$/i;

/**
 * Keeps what a text says is not sold out of what it says is: "everything except for hot dogs" must not be found as hot
 * dogs (6 to 7 rows in every snapshot). A list after "everything except" is excluded whole, as commas were turned to colons.
 */
export function splitExclusions(sentence: Sentence): Exclusion {
  const kept: string[] = [];
  const excluded: string[] = [];
  for (const [index, part] of sentence.entries()) {
    const all = ALL_BUT.exec(part);
    if (all) {
      const end = all.index + all[0].length;
      kept.push(part.slice(0, end).trim());
      excluded.push([part.slice(end), ...sentence.slice(index + 1)].join(', '));
      break;
    }
    if (NOTHING_OF.test(part) || NOT_SOLD.test(part)) {
      excluded.push(part);
      continue;
    }
    const left = part.replace(LESS, (found) => {
      excluded.push(found);
      return '';
    });
    if (left.trim()) kept.push(left.replace(/\s+/g, ' ').trim());
  }
  return { kept, excluded };
}
