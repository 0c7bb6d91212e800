import { byCodePoint } from '../../../model/comparators.ts';
import type { Sections } from '../file/index-format.ts';
import { layOutPostings, type PostingLayout, PostingWriter } from '../file/posting-layout.ts';
import type { TermCollector } from './term-collector.ts';

const encoder = new TextEncoder();

type PostingSection =
  | 'termStarts'
  | 'terms'
  | 'postingStarts'
  | 'postings'
  | 'denseTerms'
  | 'denseCounts'
  | 'bitSlices'
  | 'stemStarts'
  | 'stems'
  | 'stemWordStarts'
  | 'stemWords';

/** The postings of an index: the lengths of their sections, the number of each collected term in the file, and a function to write them. */
type Postings = {
  readonly lengths: Record<PostingSection, number>;
  readonly termNumbers: Uint32Array;
  fill(sections: Sections): void;
};

/**
 * Sorts the collected terms and counts their postings.
 * @param branchOrder the collected branches in the order of the index
 * @param vendorOf the vendor of each collected branch
 */
export function buildPostings(collected: TermCollector, branchOrder: Uint32Array, vendorOf: Uint32Array): Postings {
  const order = collected.terms.map((_, term) => term);
  order.sort((a, b) => byCodePoint(collected.terms[a] ?? '', collected.terms[b] ?? ''));
  const texts = order.map((term) => encoder.encode(collected.terms[term]));
  const termNumbers = new Uint32Array(order.length);
  for (const [number, term] of order.entries()) termNumbers[term] = number;

  const byStem = new Map<string, number[]>();
  for (const [number, term] of order.entries()) {
    const stem = collected.stems[term];
    if (stem === null || stem === undefined) continue;
    const own = byStem.get(stem);
    if (own) own.push(number);
    else byStem.set(stem, [number]);
  }
  const stems = [...byStem.keys()].sort(byCodePoint);
  const stemTexts = stems.map((stem) => encoder.encode(stem));
  const counts = countPostings(collected, branchOrder.length, vendorOf, termNumbers);
  const layout = layOutPostings(counts, branchOrder.length);

  return {
    lengths: {
      termStarts: texts.length + 1,
      terms: totalLength(texts),
      postingStarts: layout.starts.length,
      postings: layout.starts.at(-1) as number,
      denseTerms: layout.dense.length,
      denseCounts: layout.dense.length,
      bitSlices: layout.sliceWords,
      stemStarts: stems.length + 1,
      stems: totalLength(stemTexts),
      stemWordStarts: stems.length + 1,
      stemWords: totalLength([...byStem.values()]),
    },
    termNumbers,
    fill(sections) {
      fillTexts(sections.termStarts, sections.terms, texts);
      fillTexts(sections.stemStarts, sections.stems, stemTexts);
      let at = 0;
      for (const [number, stem] of stems.entries()) {
        sections.stemWordStarts[number] = at;
        const own = byStem.get(stem) ?? [];
        sections.stemWords.set(own, at);
        at += own.length;
      }
      sections.stemWordStarts[stems.length] = at;
      fillPostings(collected, branchOrder, vendorOf, { termNumbers, layout, sections });
    },
  };
}

/** The number of branches of each term, by its number in the file. */
function countPostings(collected: TermCollector, branches: number, vendorOf: Uint32Array, termNumbers: Uint32Array) {
  const counts = new Uint32Array(termNumbers.length);
  const count = (values: Uint32Array, from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const term = termNumbers[(values[at] as number) >>> 2] as number;
      counts[term] = (counts[term] as number) + 1;
    }
  };
  for (let branch = 0; branch < branches; branch++) eachTermRange(collected, branch, vendorOf, branches, count);
  return counts;
}

/** Writes branch by branch in the order of the index, so that the postings of each term are ascending. */
function fillPostings(
  collected: TermCollector,
  branchOrder: Uint32Array,
  vendorOf: Uint32Array,
  { termNumbers, layout, sections }: { termNumbers: Uint32Array; layout: PostingLayout; sections: Sections },
): void {
  const writer = new PostingWriter(layout, branchOrder.length, sections);
  let number = 0;
  const write = (values: Uint32Array, from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const packed = values[at] as number;
      writer.write(termNumbers[packed >>> 2] as number, number, packed & 3);
    }
  };
  for (; number < branchOrder.length; number++) {
    eachTermRange(collected, branchOrder[number] as number, vendorOf, branchOrder.length, write);
  }
}

/** Calls `call` with the terms of a branch's vendor, then with the branch's own. */
function eachTermRange(
  { vendorStarts, vendorTerms, branchStarts, branchTerms }: TermCollector,
  branch: number,
  vendorOf: Uint32Array,
  branches: number,
  call: (values: Uint32Array, from: number, to: number) => void,
): void {
  const vendor = vendorOf[branch] as number;
  const vendorEnd = vendor + 1 < vendorStarts.length ? vendorStarts.values[vendor + 1] : vendorTerms.length;
  call(vendorTerms.values, vendorStarts.values[vendor] as number, vendorEnd as number);
  const branchEnd = branch + 1 < branches ? branchStarts.values[branch + 1] : branchTerms.length;
  call(branchTerms.values, branchStarts.values[branch] as number, branchEnd as number);
}

function totalLength(items: readonly { readonly length: number }[]): number {
  return items.reduce((sum, { length }) => sum + length, 0);
}

function fillTexts(starts: Uint32Array, bytes: Uint8Array, texts: readonly Uint8Array[]): void {
  let at = 0;
  for (const [number, text] of texts.entries()) {
    starts[number] = at;
    bytes.set(text, at);
    at += text.length;
  }
  starts[texts.length] = at;
}
