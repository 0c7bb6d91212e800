import { COMMON_STATUSES, foldStatus } from '../city-file/words.ts';

/** Further words for the state of a permit, folded: rarer ones, and those of other languages. Only a person can say that they are right. */
const RARER_STATUSES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    approved: `licensed licenced operating operational inservice inuse permitted yes y true 1 activo abierto vigente ouvert actif offen aktiv
      attivo aperto`,
    requested: 'underreview application new renewalpending',
    expired: 'vencido',
    inactive: `rejected outofservice retired removed surrendered void permanentlyclosed temporarilyclosed outofbusiness no n false 0
      inactivo cerrado ferme geschlossen chiuso`,
  }).flatMap(([meaning, words]) => words.split(/\s+/).map((word) => [word, meaning] as const)),
);

/** Our word for a city's word for a state; undefined if it is unknown. */
export function statusMeaning(text: string): string | undefined {
  const word = foldStatus(text).normalize('NFKD').replace(/\p{M}/gu, '');
  return [COMMON_STATUSES, RARER_STATUSES].find((words) => Object.hasOwn(words, word))?.[word];
}

/**
 * The states in a column, each with our word for it. `approved` and `issued` differ only in a table that has both; in a table without a
 * word for approved, the issued permits are the approved ones.
 */
export function proposeStatuses(texts: readonly string[]): {
  readonly meanings: Record<string, string>;
  readonly unknown: string[];
} {
  const found = texts.map((text) => ({ text, word: foldStatus(text), meaning: statusMeaning(text) }));
  const hasApproved = found.some(({ meaning }) => meaning === 'approved');
  const meanings = Object.fromEntries(
    found.map(({ word, meaning = 'unknown' }) => [word, meaning === 'issued' && !hasApproved ? 'approved' : meaning]),
  );
  return { meanings, unknown: found.filter(({ meaning }) => meaning === undefined).map(({ text }) => text) };
}

/** Parts of a text that name a kind of facility, in the order in which they are looked for. */
const FACILITIES: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\b(?:push\s?cart|hot\s?dog cart|cart|carrito|barrow)\b/i, 'push_cart'],
  [/\btrailer|concession wagon\b/i, 'trailer'],
  [/\b(?:truck|van|camion|camión|mobile food|food wagon)\b/i, 'truck'],
  [/\b(?:stall|stand|booth|kiosk|puesto|table|tent)\b/i, 'stand'],
  [/\bdrinking[\s_]water|drinking fountain|fountain|water[\s_]tap\b/i, 'drinking_fountain'],
];

/** Our word for a kind of facility; undefined if the text names none. */
export function facilityWord(text: string): string | undefined {
  return FACILITIES.find(([pattern]) => pattern.test(text.replace(/_/g, ' ')))?.[1];
}
