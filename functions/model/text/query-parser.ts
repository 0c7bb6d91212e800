import { cjkWords, pairsOf } from './cjk-words.ts';
import {
  dietClause,
  excludedClause,
  quotedClause,
  streetNumberClause,
  surplusClauses,
  uniqueClauses,
  wordClause,
} from './clauses.ts';
import type { Clause, ParsedQuery, Understood } from './parsed-query.ts';
import { querySegments, type Segment } from './query-segments.ts';
import { placedTokens, type TextRun, textRuns } from './tokenizer.ts';
import { type Entry, type EntryKind, type Vocabulary, vocabularyStem } from './vocabulary/compiled-vocabulary.ts';

export type ParseOptions = {
  readonly vocabulary: Vocabulary;
  /** Turns optional words and intents off: each word is required. */
  readonly strict: boolean;
  /** Words and phrases to exclude, besides those of the question. */
  readonly exclude: readonly string[];
  /** {@link DataWords} as sets. */
  readonly data: { readonly shortWords: ReadonlySet<string>; readonly literalPairs: ReadonlySet<string> };
};

/**
 * Reads a question: which words are required, optional, protected or excluded, and what it asks for besides words. Pure: the same
 * question and options give the same result.
 */
export function parseQuery(question: string, options: ParseOptions): ParsedQuery {
  const reader = new QuestionReader(question, options);
  for (const segment of querySegments(question)) reader.read(segment);
  for (const phrase of options.exclude) reader.exclude(phrase, null);
  return reader.finish();
}

/** A word of the question; `start` and `end` are places in the question. */
type Token = TextRun & { readonly stem: string };

/** Entries that say nothing by themselves. */
const EMPTY_KINDS: ReadonlySet<EntryKind> = new Set(['ignored', 'negation', 'connective']);

/** Builds the result segment by segment. */
class QuestionReader {
  readonly #question: string;
  readonly #options: ParseOptions;
  readonly #required: Clause[] = [];
  readonly #optional: Clause[] = [];
  readonly #excluded: Clause[] = [];
  readonly #understood: Understood[] = [];
  #nearMe = false;
  #openNow = false;
  #hasWords = false;

  constructor(question: string, options: ParseOptions) {
    this.#question = question;
    this.#options = options;
  }

  read(segment: Segment): void {
    this.#hasWords ||= placedTokens(segment.text).length > 0;
    if (segment.kind === 'plain') this.#readPlain(segment);
    else if (segment.kind === 'excluded') this.exclude(segment.text, segment.text);
    else this.#quote(segment.text);
  }

  /** @param written how the question says it; `null`: it is not in the question */
  exclude(phrase: string, written: string | null, known?: Entry): void {
    const clause = excludedClause(phrase, this.#options.vocabulary, known);
    if (!clause) return;
    this.#excluded.push(clause);
    if (written !== null) this.#note(written, 'excluded', known?.meanings.length ? known.meanings : [phrase]);
  }

  finish(): ParsedQuery {
    const required = uniqueClauses(this.#required);
    const surplus = this.#options.strict ? [] : surplusClauses(required);
    return {
      required: required.filter((clause) => !surplus.includes(clause)),
      optional: uniqueClauses([...this.#optional, ...surplus]),
      excluded: uniqueClauses(this.#excluded),
      nearMe: this.#nearMe,
      openNow: this.#openNow,
      isUnsearchable: !this.#hasWords && this.#question.trim() !== '',
      understood: this.#understood,
      surplus: surplus.map(({ text }) => text),
    };
  }

  #quote(text: string): void {
    const clause = quotedClause(text);
    if (!clause) return;
    this.#required.push(clause);
    this.#note(text, clause.size > 1 ? 'phrase' : 'word');
  }

  #readPlain({ text, start }: Segment): void {
    const tokens = textRuns(text).map(
      (run): Token => ({ ...run, stem: vocabularyStem(run.word), start: run.start + start, end: run.end + start }),
    );
    const isTyping = start + text.length === this.#question.length && !/\s$/.test(text);
    for (let at = 0; at < tokens.length; ) {
      const token = tokens[at] as Token;
      if (token.isCjk) this.#readCjk(token);
      at += token.isCjk ? 1 : this.#readAt(tokens, at, isTyping);
    }
  }

  /** Reads what begins at a token; returns the number of tokens read. */
  #readAt(tokens: readonly Token[], at: number, isTyping: boolean): number {
    const entry = this.#entryAt(tokens, at);
    const known = entry?.stems.length ?? 1;
    if (entry?.kind === 'negation') {
      const excluded = this.#excludeAfter(tokens, at, known);
      if (excluded > 0) return known + excluded;
    }
    const street = streetNumberClause(tokens[at]?.word ?? '', tokens[at + 1]?.word);
    if (street) {
      this.#required.push(street);
      this.#note(street.text, 'word', street.synonymPhrases.flat());
      return 1;
    }
    const length = Math.max(known, this.#hyphenatedLength(tokens, at));
    const isLast = isTyping && at + length === tokens.length;
    // A lone word that says nothing may become another one: `no` noodles, `a` arepas.
    const isBeginning = isLast && tokens.length === 1 && entry !== undefined && EMPTY_KINDS.has(entry.kind);
    const read = length > known || isBeginning ? undefined : entry;
    const words = tokens.slice(at, at + length).map(({ word }) => word);
    this.#take(read, words, this.#written(tokens, at, length), isLast);
    return length;
  }

  /** Adds a word or phrase as what the vocabularies take it for. */
  #take(entry: Entry | undefined, words: readonly string[], written: string, isTyped: boolean): void {
    const { strict, data } = this.#options;
    const kind = strict && entry?.kind !== 'diet' ? 'meaning' : (entry?.kind ?? 'meaning');
    if (entry && kind === 'diet') {
      this.#required.push(dietClause(entry, words, written));
      this.#note(written, 'diet', entry.meanings);
      return;
    }
    if (kind === 'near_me' || kind === 'open_now') {
      if (kind === 'near_me') this.#nearMe = true;
      else this.#openNow = true;
      this.#note(written, kind);
      return;
    }
    if (EMPTY_KINDS.has(kind)) {
      this.#note(written, 'ignored');
      return;
    }
    // A filler is complete: as a prefix, the `st` of "1st st" would find steaks.
    const isFiller = kind === 'filler';
    const phrases = entry?.alternatives ?? [];
    const clause = wordClause(words, written, { phrases, isTyped: isTyped && !isFiller, isFiller });
    const [word = ''] = words;
    const isShort = clause.size === 1 && word.length <= 2;
    const isUnknownShort = isShort && !isTyped && clause.synonymPhrases.length === 0 && !data.shortWords.has(word);
    if (isFiller || (isUnknownShort && !strict)) {
      this.#optional.push(clause);
      this.#note(written, 'optional');
      return;
    }
    this.#required.push(clause);
    this.#note(written, clause.size > 1 ? 'phrase' : 'word', entry?.meanings);
  }

  /** Excludes what follows a negation; returns the number of tokens read after it, 0 when it negates nothing. */
  #excludeAfter(tokens: readonly Token[], negation: number, size: number): number {
    const first = negation + size;
    let writtenFrom = negation;
    let read = 0;
    for (let at = first; ; ) {
      while (this.#entryAt(tokens, at)?.kind === 'ignored') at++;
      const token = tokens[at];
      // "No. 1" is a name.
      if (!token || token.isCjk || /^\d+$/.test(token.word)) return read;
      const entry = this.#entryAt(tokens, at);
      const length = entry?.stems.length ?? 1;
      const written = this.#question.slice(tokens[writtenFrom]?.start, tokens[at + length - 1]?.end);
      this.exclude(this.#written(tokens, at, length), written, entry);
      at += length;
      read = at - first;
      if (this.#entryAt(tokens, at)?.kind !== 'connective') return read;
      writtenFrom = at;
      at++;
    }
  }

  /** Reads characters without blanks between words. */
  #readCjk({ word: run }: Token): void {
    const words = cjkWords(run, this.#options.vocabulary);
    let isNegated = false;
    for (const [at, { written, entry }] of words.entries()) {
      if (entry?.kind === 'negation' && at < words.length - 1) isNegated = true;
      else if (!isNegated) this.#take(entry, pairsOf(written), written, false);
      else if (entry?.kind !== 'ignored') {
        this.exclude(written, written, entry);
        isNegated = false;
      }
    }
  }

  /** The longest entry that begins at a token, unless a vendor's name says it literally. */
  #entryAt(tokens: readonly Token[], at: number): Entry | undefined {
    const first = tokens[at];
    if (!first) return undefined;
    const { vocabulary, data } = this.#options;
    const entry = vocabulary
      .entriesAt(first.stem)
      .find(({ stems }) => stems.every((one, offset) => tokens[at + offset]?.stem === one));
    if (!entry || entry.kind === 'meaning' || entry.kind === 'diet') return entry;
    const [last, next] = [tokens[at + entry.stems.length - 1], tokens[at + entry.stems.length]];
    return data.literalPairs.has(`${last?.stem} ${next?.stem}`) ? undefined : entry;
  }

  /** The number of words that hyphens join, from a token on. */
  #hyphenatedLength(tokens: readonly Token[], at: number): number {
    let to = at;
    while (to + 1 < tokens.length && this.#question.slice(tokens[to]?.end, tokens[to + 1]?.start) === '-') to++;
    return to - at + 1;
  }

  #written(tokens: readonly Token[], at: number, length: number): string {
    return this.#question.slice(tokens[at]?.start, tokens[at + length - 1]?.end);
  }

  #note(text: string, as: Understood['as'], means: readonly string[] = []): void {
    this.#understood.push({ text, as, means });
  }
}
