import type { LatLon } from '../../functions/model/geo.ts';
import { ARTICLES, PLACE_BEFORE, PLACE_KINDS, prepositionLength, withoutCase } from './place-words.ts';
import { conjunctions, isNumbered, LONGEST_NAME, type Span, type Word, wordsOf } from './street-candidates.ts';
import { type AddressedPoint, meetingPoint, STREET_TYPES, streetKey, writtenStreet } from './street-intersection.ts';

/** A neighbourhood: the data's name, and what people call it. */
export type KnownArea = { readonly name: string; readonly also: readonly string[] };

/** What is known of the city: its neighbourhoods, addresses on the streets that a text may name, and vendors with its words. */
export type KnownPlaces = {
  readonly areas: readonly KnownArea[];
  readonly points: readonly AddressedPoint[];
  readonly vendors: readonly string[];
};

/** A neighbourhood by its name in the data, or an estimate of where two streets meet. */
export type Place =
  | { readonly kind: 'area'; readonly name: string }
  | { readonly kind: 'intersection'; readonly streets: readonly [string, string]; readonly at: LatLon };

/** Words to search for, and where. */
export type PlacedText = { readonly words: string; readonly place: Place | null };

/** A text's words without the place that it names. */
export type SplitText = {
  readonly words: string;
  readonly place: Place;
  /** The text can hardly mean anything else: streets that meet, or a preposition and a neighbourhood. */
  readonly isCertain: boolean;
};

type FoundPlace = Span & { readonly place: Place; readonly isCertain: boolean };

/** The beginning of a neighbourhood's name is understood from this many letters on. */
const SHORTEST_PREFIX = 3;

/**
 * Splits a text into what is searched for and where: `tacos near market and 2nd`, `coffee mission`. A place needs a preposition, or is an
 * intersection, or is the end of the text; `mission burrito` and `market street` name none. `null`: the text names no known place.
 */
export function splitText(text: string, known: KnownPlaces): SplitText | null {
  const words = wordsOf(text);
  const found =
    afterPreposition(text, words, known) ??
    beforePostposition(text, words, known) ??
    withoutPreposition(text, words, known);
  if (!found) return null;
  const to = PLACE_BEFORE.test(words[found.to]?.word ?? '') ? found.to + 1 : found.to;
  const [first, last] = [words[found.from], words[to - 1]];
  const left = [text.slice(0, first?.start), text.slice(last?.end)].map(trimmed).filter((part) => part !== '');
  const isVendor = known.vendors.some((name) => hasAllWords(name, words));
  return { words: left.join(' '), place: found.place, isCertain: found.isCertain && !isVendor };
}

/** `near the mission`, `cerca de market y 2nd`, `рядом с market и 2nd`, `在 mission`. */
function afterPreposition(text: string, words: readonly Word[], known: KnownPlaces): FoundPlace | null {
  for (let from = 0; from < words.length; from++) {
    const length = prepositionLength(words, from);
    if (length === 0) continue;
    let start = from + length;
    while (ARTICLES.has(words[start]?.word ?? '')) start++;
    const found =
      intersectionFrom(text, words, known, start) ??
      areaFrom(words, known, start) ??
      beginningOfArea(words, known, start);
    if (found) return { ...found, from };
  }
  return null;
}

/** `mission 附近`, `market 和 2nd 附近`. */
function beforePostposition(text: string, words: readonly Word[], known: KnownPlaces): FoundPlace | null {
  for (let to = 1; to < words.length; to++) {
    if (!PLACE_BEFORE.test(words[to]?.word ?? '')) continue;
    for (const { from: joint, to: next } of conjunctions(text, words)) {
      const found = next < to && intersectionAt(words, known, { from: joint, to: next }, (span) => span.to === to);
      if (found) return found;
    }
    for (let from = Math.max(0, to - LONGEST_NAME); from < to; from++) {
      const name = areaNamed(words.slice(from, to), known);
      if (name) return { from, to, place: { kind: 'area', name }, isCertain: true };
    }
  }
  return null;
}

/** `tacos market & 2nd`, `market and 2nd tacos`, `coffee mission`: a neighbourhood only at the end, where it is probably meant. */
function withoutPreposition(text: string, words: readonly Word[], known: KnownPlaces): FoundPlace | null {
  const joints = conjunctions(text, words).reverse();
  for (const joint of joints) {
    // `2nd street market and 5th` begins with no type of a street.
    const found = intersectionAt(words, known, joint, ({ from }) => !STREET_TYPES.has(words[from]?.word ?? ''));
    if (found) return found;
  }
  const to = words.length;
  // `tacos market 2nd`: at the end, a numbered street needs no conjunction.
  for (let at = to - 1; at > 0 && at > to - LONGEST_NAME; at--) {
    const found = intersectionAt(
      words,
      known,
      { from: at, to: at },
      (span) => span.to === to && isNumbered(words, span),
    );
    if (found) return found;
  }
  for (let from = Math.max(1, to - LONGEST_NAME); from < to; from++) {
    const name = joints.some((joint) => joint.to === from) ? undefined : areaNamed(words.slice(from, to), known);
    if (name) return { from, to, place: { kind: 'area', name }, isCertain: false };
  }
  return null;
}

/** An intersection whose first street begins at a word. */
function intersectionFrom(text: string, words: readonly Word[], known: KnownPlaces, start: number): FoundPlace | null {
  for (const joint of conjunctions(text, words)) {
    if (joint.from <= start) continue;
    const found = intersectionAt(words, known, joint, (span) => span.from === start);
    if (found) return found;
  }
  // `near market 2nd`: one of two streets without a conjunction is numbered.
  for (let from = start + 1; from < Math.min(words.length, start + LONGEST_NAME); from++) {
    const found = intersectionAt(
      words,
      known,
      { from, to: from },
      (span) => span.from === start && isNumbered(words, span),
    );
    if (found) return found;
  }
  return null;
}

/** The intersection of the streets on both sides of a conjunction, with the longest names that addresses have. */
function intersectionAt(
  words: readonly Word[],
  { points }: KnownPlaces,
  { from: end, to: start }: Span,
  isWanted: (span: Span) => boolean,
): FoundPlace | null {
  for (let from = Math.max(0, end - LONGEST_NAME); from < end; from++) {
    for (let to = Math.min(words.length, start + LONGEST_NAME); to > start; to--) {
      if (!isWanted({ from, to })) continue;
      const a = streetKey(words.slice(from, end).map(({ word }) => word));
      const b = streetKey(words.slice(start, to).map(({ word }) => word));
      const at = a !== b && a && b ? meetingPoint(points, [a, b]) : null;
      if (!at) continue;
      const streets = [writtenStreet(points, a), writtenStreet(points, b)] as const;
      return { from, to, place: { kind: 'intersection', streets, at }, isCertain: true };
    }
  }
  return null;
}

function areaFrom(words: readonly Word[], known: KnownPlaces, from: number): FoundPlace | null {
  for (let to = Math.min(words.length, from + LONGEST_NAME); to > from; to--) {
    const name = areaNamed(words.slice(from, to), known);
    if (name) return { from, to, place: { kind: 'area', name }, isCertain: true };
  }
  return null;
}

/** A neighbourhood that is still being typed, at the end of the text: `coffee in mis`. */
function beginningOfArea(words: readonly Word[], { areas }: KnownPlaces, from: number): FoundPlace | null {
  const typed = nameOf(words.slice(from));
  if (typed.length < SHORTEST_PREFIX) return null;
  const area = areas.find(({ name, also }) => [name, ...also].some((one) => nameOf(wordsOf(one)).startsWith(typed)));
  return area ? { from, to: words.length, place: { kind: 'area', name: area.name }, isCertain: false } : null;
}

/** The data's name of the neighbourhood that these words name: `the mission`, `mission district`. */
function areaNamed(words: readonly Word[], { areas }: KnownPlaces): string | undefined {
  const isNamed = (typed: string) =>
    areas.find(({ name, also }) => [name, ...also].some((one) => nameOf(wordsOf(one)) === typed))?.name;
  const first = ARTICLES.has(words[0]?.word ?? '') ? 1 : 0;
  const last = PLACE_KINDS.has(withoutCase(words.at(-1)?.word ?? '')) ? words.length - 1 : words.length;
  return isNamed(nameOf(words)) ?? (last > first ? isNamed(nameOf(words.slice(first, last))) : undefined);
}

const nameOf = (words: readonly Word[]): string => words.map(({ word }) => withoutCase(word)).join(' ');

function hasAllWords(name: string, words: readonly Word[]): boolean {
  const own = new Set(wordsOf(name).map(({ word }) => word));
  return words.every(({ word }) => own.has(word));
}

/** Without the separators and question marks that are left over at its ends. */
function trimmed(text: string): string {
  return text.replace(/^[\s,;.，；。、的]+|[\s,;，；、?？。]+$/gu, '');
}
