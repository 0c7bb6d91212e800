import { stem } from './stemming.ts';
import { tokens } from './tokenizer.ts';

type Phrase = readonly string[];

/** A city's groups of words and phrases that mean the same, prepared for lookup. Phrases are lists of stems. */
export type Synonyms = {
  /** Phrases by their first stem, longest first; `others` are the phrases that mean the same. */
  readonly byFirst: ReadonlyMap<string, readonly { readonly stems: Phrase; readonly others: readonly Phrase[] }[]>;
};

/** An engine and the responses built from it share the prepared groups of one city. */
const prepared = new WeakMap<readonly (readonly string[])[], Synonyms>();

/** Prepares synonym groups. Phrases with the same stems count as one ("hot dog", "hot dogs"). */
export function prepareSynonyms(groups: readonly (readonly string[])[]): Synonyms {
  const synonyms = prepared.get(groups) ?? readGroups(groups);
  prepared.set(groups, synonyms);
  return synonyms;
}

function readGroups(groups: readonly (readonly string[])[]): Synonyms {
  const byFirst = new Map<string, { stems: Phrase; others: Phrase[] }[]>();
  for (const group of groups) {
    const phrases = new Map(group.map((phrase) => [stemsOf(phrase).join(' '), stemsOf(phrase)]));
    for (const [key, stems] of phrases) {
      const first = stems[0];
      if (first === undefined) continue;
      const others = [...phrases].filter(([other]) => other !== key).map(([, phrase]) => phrase);
      const entries = byFirst.get(first) ?? [];
      const existing = entries.find((entry) => entry.stems.join(' ') === key);
      // A phrase that is in two groups means everything that either group lists.
      if (existing) existing.others.push(...others);
      else
        byFirst.set(
          first,
          [...entries, { stems, others }].sort((a, b) => b.stems.length - a.stems.length),
        );
    }
  }
  return { byFirst };
}

function stemsOf(phrase: string): string[] {
  return tokens(phrase).map(stem);
}
