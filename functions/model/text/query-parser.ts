import { cjkWords, pairsOf } from './cjk-words.ts';
import { ClauseCollector } from './clause-collector.ts';
import { dietClause, excludedClause, quotedClause, streetForms, streetNumberClause, wordClause } from './clauses.ts';
import type { ParsedQuery } from './parsed-query.ts';
import { querySegments, type Segment } from './query-segments.ts';
import { EMPTY_KINDS, JOINING_KINDS, type KnownWords, QuestionTokens, type Token } from './question-tokens.ts';
import { isAscii, placedTokens } from './tokenizer.ts';
import { withoutEmoji } from './vocabulary/emoji.ts';
import { type Entry, FOOD_KINDS } from './vocabulary/vocabulary-entry.ts';
import { vocabularyStem } from './vocabulary/vocabulary-stems.ts';

export type ParseOptions = KnownWords & {
  /** Turns optional words and intents off: each word is required. */
  readonly strict: boolean;
  /** Words and phrases to exclude, besides those of the question. */
  readonly exclude: readonly string[];
};

/** Invisible characters inside of words: soft hyphens, word joiners and byte order marks of copied text, and the marks of emoji. */
const INVISIBLE = /[\u00ad\u2060\ufeff]|\ufe0f|\u20e3/g;

/**
 * Reads a question: which words are required, optional, protected or excluded, and what it asks for besides words. Pure: the same
 * question and options give the same result.
 */
export function parseQuery(question: string, options: ParseOptions): ParsedQuery {
  const visible = isAscii(question) ? question : withoutEmoji(question).replace(INVISIBLE, '');
  const reader = new QuestionReader(visible, options);
  for (const segment of querySegments(visible)) reader.read(segment);
  for (const phrase of options.exclude) reader.exclude(phrase, null);
  return reader.finish();
}

/** A word or a phrase of the question, as it is written. */
type Part = {
  readonly words: readonly string[];
  readonly written: string;
  readonly isTyped?: boolean;
  /** It follows the previous word after a comma alone. */
  readonly isListed?: boolean;
};

/** How a run of characters without blanks ends: what follows may belong to it. */
type CjkEnd = 'exclusion' | 'negation' | 'other';

/** Reads a question segment by segment. */
class QuestionReader {
  readonly #question: string;
  readonly #options: ParseOptions;
  readonly #clauses = new ClauseCollector();
  #words = 0;

  constructor(question: string, options: ParseOptions) {
    this.#question = question;
    this.#options = options;
  }

  read(segment: Segment): void {
    this.#words += placedTokens(segment.text).length;
    if (segment.kind === 'plain') this.#readPlain(segment);
    else if (segment.kind === 'excluded') this.exclude(segment.text, segment.text);
    else this.#quote(segment.text);
  }

  /** @param written how the question says it; `null`: it is not in the question */
  exclude(phrase: string, written: string | null, known?: Entry): void {
    const clause = excludedClause(phrase, this.#options.vocabulary, known);
    if (!clause) return;
    this.#clauses.exclude(clause);
    if (written !== null) this.#clauses.note(written, 'excluded', known?.meanings.length ? known.meanings : [phrase]);
  }

  finish(): ParsedQuery {
    const isUnsearchable = this.#words === 0 && this.#question.trim() !== '';
    return this.#clauses.result({ strict: this.#options.strict, isUnsearchable });
  }

  #quote(text: string): void {
    const clause = quotedClause(text);
    if (!clause) return;
    this.#clauses.require(clause);
    this.#clauses.note(text, clause.size > 1 ? 'phrase' : 'word');
  }

  #readPlain(segment: Segment): void {
    const tokens = new QuestionTokens(this.#question, segment, this.#options);
    const { start, text } = segment;
    const isTyping = start + text.length === this.#question.length && !/\s$/.test(text);
    let end: CjkEnd = 'other';
    for (let at = 0; at < tokens.all.length; ) {
      const token = tokens.all[at] as Token;
      const isListed: boolean = end === 'exclusion' && tokens.gapBefore(at) === '\u3001';
      if (!token.isCjk) {
        const excluded: number = end === 'negation' ? this.#excludeAfter(tokens, at - 1, 1) : 0;
        const entry = tokens.entryAt(at);
        const read: number = excluded || this.#readAt(tokens, at, isTyping);
        at += read;
        // "no 猪肉": nothing was excluded yet.
        const isNegation = entry?.kind === 'negation' && read === entry.stems.length && tokens.all[at]?.isCjk;
        end = isNegation ? 'negation' : 'other';
        continue;
      }
      end = this.#readCjk(token, isListed || end === 'negation');
      at++;
    }
  }

  /** Reads what begins at a token; returns the number of tokens read. */
  #readAt(tokens: QuestionTokens, at: number, isTyping: boolean): number {
    const entry = tokens.entryAt(at);
    const known = entry?.stems.length ?? 1;
    if (entry?.kind === 'negation') {
      const excluded = this.#excludeAfter(tokens, at, known);
      if (excluded > 0) return known + excluded;
    }
    const negated = tokens.negatedLength(at);
    if (negated > known) {
      this.exclude(tokens.written(at, known), tokens.written(at, negated), entry);
      return negated;
    }
    const { word = '' } = tokens.all[at] ?? {};
    const street = streetNumberClause(word, tokens.all[at + 1]?.word);
    if (street) {
      this.#clauses.require(street);
      this.#clauses.note(street.text, 'word', street.synonymPhrases.flat());
      return 1;
    }
    if (entry === undefined && tokens.isAmount(at) && !this.#options.strict) {
      this.#clauses.note(tokens.written(at, 1), 'ignored');
      return 1;
    }
    const length = Math.max(known, tokens.hyphenatedLength(at));
    const isTyped = isTyping && at + length === tokens.all.length;
    // A lone word that says nothing may become another one: `no` noodles, `a` arepas.
    const isBeginning = isTyped && this.#words === 1 && entry !== undefined && EMPTY_KINDS.has(entry.kind);
    const read = length > known || isBeginning ? undefined : entry;
    const words = tokens.all.slice(at, at + length).map((token) => token.word);
    const isListed = tokens.gapBefore(at).trim() === ',';
    this.#take(read, { words, written: tokens.written(at, length), isTyped, isListed });
    return length;
  }

  /** Adds a word or phrase as what the vocabularies take it for. */
  #take(entry: Entry | undefined, part: Part): void {
    const { words, written, isListed = false } = part;
    const kind = this.#options.strict && entry?.kind !== 'diet' ? 'meaning' : (entry?.kind ?? 'meaning');
    if (kind === 'near_me') this.#clauses.sortByDistance(written);
    else if (kind === 'open_now') this.#clauses.keepOpen(written);
    else if (kind === 'when') this.#clauses.askWhen(written);
    else if (kind === 'connective') this.#clauses.connect(written);
    else if (EMPTY_KINDS.has(kind)) this.#clauses.note(written, 'ignored');
    else if (entry && kind === 'diet') {
      this.#clauses.require(dietClause(entry, words, written), isListed);
      this.#clauses.note(written, 'diet', entry.meanings);
    } else this.#addWords(entry, kind === 'filler', part);
  }

  #addWords(entry: Entry | undefined, isFiller: boolean, { words, written, isTyped = false, isListed }: Part): void {
    const { strict, data, vocabulary } = this.#options;
    const isMeaning = entry?.kind === 'meaning';
    const clause = wordClause(words, written, {
      phrases: isFiller ? streetForms(words[0] ?? '') : (entry?.alternatives ?? []),
      // A filler is complete: as a prefix, the `st` of "1st st" would find steaks.
      isTyped: isTyped && !isFiller,
      isFiller,
      isPhrase: isMeaning && entry.isDataPhrase,
      isKnown: () => isMeaning || words.every((word) => vocabulary.knows(vocabularyStem(word))),
    });
    const [word = ''] = words;
    const isShort = clause.size === 1 && word.length <= 2;
    const isUnknownShort = isShort && !isTyped && clause.synonymPhrases.length === 0 && !data.shortWords.has(word);
    if (isFiller || (isUnknownShort && !strict)) this.#clauses.suggest(clause);
    else {
      this.#clauses.require(clause, isListed);
      this.#clauses.note(written, clause.size > 1 ? 'phrase' : 'word', entry?.meanings);
    }
  }

  /** Excludes what follows a negation; returns the number of tokens read after it, 0 when it negates nothing. */
  #excludeAfter(tokens: QuestionTokens, negation: number, size: number): number {
    let writtenFrom = negation;
    let end = negation + size;
    for (let at = tokens.excludableFrom(end); at >= 0; at = tokens.nextExcludable(end)) {
      const entry = tokens.entryAt(at);
      const length = entry?.stems.length ?? 1;
      end = at + length;
      this.exclude(tokens.written(at, length), tokens.written(writtenFrom, end - writtenFrom), entry);
      writtenFrom = end;
    }
    return end - negation - size;
  }

  /**
   * Reads characters without blanks between words.
   * @param isExcluded whether they follow a negation, or a comma in a list of exclusions
   */
  #readCjk({ word: run }: Token, isExcluded: boolean): CjkEnd {
    const { vocabulary, placeNames } = this.#options;
    const words = cjkWords(run, vocabulary).map(({ written, entry }) => {
      return { written, entry: placeNames.find(({ stems }) => stems.join('') === written) ?? entry };
    });
    let isNegated = isExcluded;
    let wasExcluded = false;
    for (const [at, { written, entry }] of words.entries()) {
      const kind = entry?.kind;
      if (kind === 'negation') isNegated = true;
      else if (wasExcluded && JOINING_KINDS.has(kind)) isNegated = true;
      else if (kind === 'negation_after') wasExcluded = false;
      else if (
        isNegated ? kind !== 'ignored' : FOOD_KINDS.has(kind) && words[at + 1]?.entry?.kind === 'negation_after'
      ) {
        this.exclude(written, written, entry);
        isNegated = false;
        wasExcluded = true;
      } else if (!isNegated) {
        this.#take(entry, { words: pairsOf(written), written });
        wasExcluded = false;
      }
    }
    return wasExcluded ? 'exclusion' : isNegated ? 'negation' : 'other';
  }
}
