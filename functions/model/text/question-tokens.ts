import type { Segment } from './query-segments.ts';
import { type TextRun, textRuns } from './tokenizer.ts';
import type { Vocabulary } from './vocabulary/compiled-vocabulary.ts';
import { type Entry, type EntryKind, FOOD_KINDS } from './vocabulary/vocabulary-entry.ts';
import { vocabularyStem } from './vocabulary/vocabulary-stems.ts';

/** What the words of a question are compared with. */
export type KnownWords = {
  readonly vocabulary: Vocabulary;
  /** {@link DataWords} as sets. */
  readonly data: { readonly shortWords: ReadonlySet<string>; readonly literalPairs: ReadonlySet<string> };
  /** The city's names, as optional words: everything is there. */
  readonly placeNames: readonly Entry[];
};

/** A word of the question; `start` and `end` are places in the question. */
export type Token = TextRun & { readonly stem: string };

/** Entries that say nothing by themselves. */
export const EMPTY_KINDS: ReadonlySet<EntryKind> = new Set([
  'ignored',
  'negation',
  'connective',
  'conjunction',
  'when',
]);
/** Entries after which an exclusion goes on: no pork *or* beef. */
export const JOINING_KINDS: ReadonlySet<EntryKind | undefined> = new Set(['connective', 'conjunction']);
/** Entries that no exclusion is about. */
const VAGUE_KINDS: ReadonlySet<EntryKind> = new Set(['ignored', 'filler']);
const IGNORED: ReadonlySet<EntryKind> = new Set(['ignored']);

/** The words of a plain part of a question. */
export class QuestionTokens {
  readonly all: readonly Token[];
  readonly #question: string;
  readonly #known: KnownWords;

  constructor(question: string, { text, start }: Segment, known: KnownWords) {
    this.#question = question;
    this.#known = known;
    this.all = textRuns(text).map(
      (run): Token => ({ ...run, stem: vocabularyStem(run.word), start: run.start + start, end: run.end + start }),
    );
  }

  /** The longest entry that begins at a token, unless a vendor's name says it literally. */
  entryAt(at: number): Entry | undefined {
    const first = this.all[at];
    if (!first) return undefined;
    const { vocabulary, data, placeNames } = this.#known;
    const begins = ({ stems }: Entry) =>
      stems.every((one, offset) => this.all[at + offset]?.stem === one) && !this.#hasCommaWithin(at, stems.length);
    const entry = placeNames.find(begins) ?? vocabulary.entriesAt(first.stem).find(begins);
    if (!entry || FOOD_KINDS.has(entry.kind)) return entry;
    const [last, next] = [this.all[at + entry.stems.length - 1], this.all[at + entry.stems.length]];
    return data.literalPairs.has(`${last?.stem} ${next?.stem}`) ? undefined : entry;
  }

  /** Whether a comma or semicolon keeps the tokens from being one phrase, as in "hot, dog". */
  #hasCommaWithin(at: number, length: number): boolean {
    return length > 1 && /[,;]/.test(this.written(at, length));
  }

  /** The token from one on that an exclusion is about, not `eat` of "don't eat meat"; -1 if it is about none. */
  excludableFrom(from: number): number {
    const skip = (kinds: ReadonlySet<EntryKind>) => {
      let at = from;
      for (let entry = this.entryAt(at); entry && kinds.has(entry.kind); entry = this.entryAt(at)) {
        at += entry.stems.length;
      }
      return at;
    };
    // Among vague words only, the first one is meant: no food.
    const [certain, vague] = [skip(VAGUE_KINDS), skip(IGNORED)];
    if (this.#isFood(certain)) return certain;
    return this.entryAt(vague)?.kind === 'filler' ? vague : -1;
  }

  /** The next token of a list of exclusions that reached a token: "no onions, beans or cheese"; -1 at its end. */
  nextExcludable(at: number): number {
    const kind = this.entryAt(at)?.kind;
    if (kind === 'connective') return this.excludableFrom(at + 1);
    if (kind === 'conjunction') return this.#isFood(at + 1) ? at + 1 : -1;
    return this.#isListed(at) ? at : -1;
  }

  /** Whether a comma comes before a token, and `or` after it or after others like it. */
  #isListed(at: number): boolean {
    if (!this.gapBefore(at).includes(',') || !this.#isFood(at)) return false;
    const next = at + (this.entryAt(at)?.stems.length ?? 1);
    return JOINING_KINDS.has(this.entryAt(next)?.kind) || this.#isListed(next);
  }

  /** Whether a token is a word of food or any unknown word: "No. 1" is a name. */
  #isFood(at: number): boolean {
    const token = this.all[at];
    if (!token || token.isCjk || /^\d+$/.test(token.word)) return false;
    return FOOD_KINDS.has(this.entryAt(at)?.kind ?? 'meaning');
  }

  /** Whether a token is a number of things, or an amount of money, rather than a part of an address or a name. */
  isAmount(at: number): boolean {
    const { word = '', start = 0 } = this.all[at] ?? {};
    if (!/^\d+$/.test(word)) return false;
    if (/[$€£¥₽]/.test(this.#question[start - 1] ?? '')) return true;
    const next = this.all[at + 1];
    if (word.length > 2 || !next) return false;
    const kind = this.entryAt(at + 1)?.kind;
    return FOOD_KINDS.has(kind) || kind === 'filler' || this.#known.vocabulary.knows(next.stem);
  }

  /** The number of tokens of food and the negation after it, from a token on: "pork free", "shellfish allergy"; 0 if there is none. */
  negatedLength(at: number): number {
    const entry = this.entryAt(at);
    const length = entry?.stems.length ?? 1;
    const after = this.entryAt(at + length);
    if (after?.kind !== 'negation_after') return 0;
    const isFood = entry ? FOOD_KINDS.has(entry.kind) : this.#known.vocabulary.knows(this.all[at]?.stem ?? '');
    return isFood ? length + after.stems.length : 0;
  }

  /** The text between a token and the previous one; empty for the first token. */
  gapBefore(at: number): string {
    const [previous, token] = [this.all[at - 1], this.all[at]];
    return previous && token ? this.#question.slice(previous.end, token.start) : '';
  }

  /** The number of words that hyphens join, from a token on. */
  hyphenatedLength(at: number): number {
    let to = at;
    while (this.gapBefore(to + 1) === '-') to++;
    return to - at + 1;
  }

  /** Some words as the question has them. */
  written(at: number, length: number): string {
    return this.#question.slice(this.all[at]?.start, this.all[at + length - 1]?.end);
  }
}
