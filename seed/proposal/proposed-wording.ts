import type { CityFile } from '../city-file/city-schema.ts';
import { fileWords } from './city-name.ts';
import type { FieldMatch } from './field-matching.ts';
import type { FoundTable } from './found-table.ts';
import { nounOf } from './listed-nouns.ts';
import type { Proposed } from './proposal.ts';

type Wording = NonNullable<CityFile['wording']>;

/** Our names of columns that only permits have. */
const PERMIT_FIELDS = ['permit', 'permitUrl', 'status', 'expires', 'approved', 'received'];

/** What the table lists, by its name and its columns; null: street food with permits, as the page says without a wording. */
export function proposeWording({ title, from }: FoundTable, fields: readonly FieldMatch[]): Proposed<Wording> | null {
  const has = (names: readonly string[]) => fields.some(({ field }) => names.includes(field));
  const [food, permits] = [has(['food']), has(PERMIT_FIELDS)];
  const named = fields.filter(({ field }) => field === 'name').map(({ column }) => column.name);
  const vendor = nounOf(title ?? fileWords(from), named);
  if (food && permits) return null;
  const lacks = [...(food ? [] : ['food']), ...(permits ? [] : ['permits'])].join(' and no column for ');
  return {
    value: { ...(vendor ? { vendor } : {}), ...(food ? {} : { food }), ...(permits ? {} : { permits }) },
    sureness: 'guess',
    why: `${vendor ? 'the name of the table' : 'its name does not say what it lists'}; no column for ${lacks}`,
  };
}

/** A wording as a person would write it: `drinking fountain, drinking fountains; no food, no permits`. */
export function wordingText({ vendor, food = true, permits = true }: Wording): string {
  const { one, other } = vendor?.en ?? { one: 'place', other: 'places' };
  const lacks = [...(food ? [] : ['no food']), ...(permits ? [] : ['no permits'])];
  return [[one, other].filter(Boolean).join(', '), lacks.join(', ')].filter((part) => part !== '').join('; ');
}

/** A wording with the noun of an answer, one and several: `stall, stalls`. A sentence says why the answer cannot be. */
export function withAnsweredNoun(wording: Wording, given: string): Wording | string {
  const [nouns = ''] = given.split(';');
  const [one, other, ...more] = nouns.split(',').map((word) => word.trim().toLowerCase());
  if (!one || !other || more.length > 0) return 'the answer must be two words with a comma, such as: stall, stalls';
  const known = wording.vendor?.en;
  if (known?.one === one && known.other === other) return wording;
  return { ...wording, vendor: { en: { one, other } } };
}
