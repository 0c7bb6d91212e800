import type { Sentence } from './dish-splitter.ts';

/** A sentence's parts about food that is sold, and about food that is not. */
type Exclusions = { readonly kept: readonly string[]; readonly excluded: readonly string[] };

/** "everything but …", "any food but not …", "all types of food except …": the rest of the sentence is not sold. */
const EVERYTHING_BUT =
  /\b(?:(?:everything|anything|all|any|every)\b.{0,80}?\s(?=(?:except|exclud|other than|apart from|aside from))|(?:everything|anything|(?:all|any|every)(?: (?:types?|kinds?|sorts?) of)?(?: food)?(?: (?:items?|foods?|dish(?:es)?|meals?|cuisines?))?) (?=but\b(?! (?:not )?limited to\b)))/i;
/** Within a part: "burritos without beans", "salads (no nuts)", "tacos but not burritos". */
const WITHOUT =
  /\((?:no|without|except)\s[^()]*\)|(?<!nothing )\b(?:except(?:ing)?\b|excluding\b|not including\b|without\b|with no\b|(?:but|and) not?\b(?! (?:limited|only|just)\b)(?= (?!\d|sugar|added|bake|msg|salt|fat|carb))).*$/i;
/** A part that begins as a negation: "No Mexican food allowed", "we do not serve alcohol", "but hot dogs" after a comma. */
const NEGATED_START =
  /^(?:and |we |there is )*(?:but (?!also\b)|(?:but )?no (?!\d|sugar|added|bake|msg|salt|fat|carb)|not (?!only\b|just\b)|(?:do|does|will|can) ?not (?:sell|serve|offer|include|allow|have)|(?:don|doesn|won|can)['’]t (?:sell|serve|offer|include|allow|have))/i;
/** A part that ends as a negation: "hot dogs not allowed". */
const NEGATED_END = /\b(?:not (?:allowed|permitted|included|sold|served|available)|prohibited|excluded)$/i;

/**
 * Separates food that is not sold: "everything except for hot dogs" must not be found as hot dogs (6 to 7 rows in every
 * snapshot). After "everything except" the whole list is excluded, because the export turned its commas into colons.
 */
export function splitExclusions(sentence: Sentence): Exclusions {
  const kept: string[] = [];
  const excluded: string[] = [];
  for (const [index, part] of sentence.entries()) {
    const all = EVERYTHING_BUT.exec(part);
    if (all) {
      const end = all.index + all[0].length;
      kept.push(part.slice(0, end).trim());
      excluded.push([part.slice(end), ...sentence.slice(index + 1)].join(', '));
      break;
    }
    if (NEGATED_START.test(part) || NEGATED_END.test(part)) {
      excluded.push(part);
      continue;
    }
    const left = part.replace(WITHOUT, (found) => {
      excluded.push(found);
      return ' ';
    });
    if (left.trim()) kept.push(left.replace(/\s+/g, ' ').trim());
  }
  return { kept, excluded };
}
