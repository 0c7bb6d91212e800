import { byCodePoint } from '../../../model/comparators.ts';
import { isDense, planeWords, type Sections } from '../file/index-format.ts';
import type { TermCollector } from './term-collector.ts';

const encoder = new TextEncoder();

type EntrySection =
  | 'entryStarts'
  | 'entries'
  | 'postingStarts'
  | 'postings'
  | 'denseEntries'
  | 'denseCounts'
  | 'planes'
  | 'stemStarts'
  | 'stems'
  | 'stemWordStarts'
  | 'stemWords';

/**
 * Sorts what was collected, and says how much room it takes, how it is filled in, and the number of each entry in the file.
 * @param branchOrder branch as it was added, by number
 * @param vendorOf the vendor of each branch, both as they were added
 */
export function buildPostings(
  words: TermCollector,
  branchOrder: Uint32Array,
  vendorOf: Uint32Array,
): { lengths: Record<EntrySection, number>; numbers: Uint32Array; fill(sections: Sections): void } {
  const order = words.entries.map((_, entry) => entry);
  order.sort((a, b) => byCodePoint(words.entries[a] ?? '', words.entries[b] ?? ''));
  const texts = order.map((entry) => encoder.encode(words.entries[entry]));
  const numbers = new Uint32Array(order.length);
  for (const [number, entry] of order.entries()) numbers[entry] = number;

  const byStem = new Map<string, number[]>();
  for (const [number, entry] of order.entries()) {
    const stem = words.stems[entry];
    if (stem === null || stem === undefined) continue;
    const own = byStem.get(stem);
    if (own) own.push(number);
    else byStem.set(stem, [number]);
  }
  const stems = [...byStem.keys()].sort(byCodePoint);
  const stemTexts = stems.map((stem) => encoder.encode(stem));
  const counts = postingCounts(words, branchOrder.length, vendorOf, numbers);
  const dense = Uint32Array.from(counts.keys()).filter((entry) => isDense(counts[entry] as number, branchOrder.length));
  const denseCounts = dense.map((entry) => counts[entry] as number);
  for (const entry of dense) counts[entry] = 0;
  const starts = startsOf(counts);

  return {
    lengths: {
      entryStarts: texts.length + 1,
      entries: totalLength(texts),
      postingStarts: starts.length,
      postings: starts.at(-1) as number,
      denseEntries: dense.length,
      denseCounts: dense.length,
      planes: dense.length * 2 * planeWords(branchOrder.length),
      stemStarts: stems.length + 1,
      stems: totalLength(stemTexts),
      stemWordStarts: stems.length + 1,
      stemWords: totalLength([...byStem.values()]),
    },
    numbers,
    fill(sections) {
      fillTexts(sections.entryStarts, sections.entries, texts);
      fillTexts(sections.stemStarts, sections.stems, stemTexts);
      let at = 0;
      for (const [number, stem] of stems.entries()) {
        sections.stemWordStarts[number] = at;
        const own = byStem.get(stem) ?? [];
        sections.stemWords.set(own, at);
        at += own.length;
      }
      sections.stemWordStarts[stems.length] = at;
      sections.postingStarts.set(starts);
      sections.denseEntries.set(dense);
      sections.denseCounts.set(denseCounts);
      fillPostings(words, branchOrder, vendorOf, numbers, sections);
    },
  };
}

/** How many branches each entry has, by number. */
function postingCounts(words: TermCollector, branches: number, vendorOf: Uint32Array, numbers: Uint32Array) {
  const counts = new Uint32Array(numbers.length);
  const count = (values: Uint32Array, from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const entry = numbers[(values[at] as number) >>> 2] as number;
      counts[entry] = (counts[entry] as number) + 1;
    }
  };
  for (let branch = 0; branch < branches; branch++) eachRun(words, branch, vendorOf, branches, count);
  return counts;
}

/** Where lists of these lengths begin; the last one is where all end. */
function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (const [at, count] of counts.entries()) starts[at + 1] = (starts[at] as number) + count;
  return starts;
}

/** Branch by branch in the order of their numbers, so that each entry's branches are ascending. */
function fillPostings(
  words: TermCollector,
  branchOrder: Uint32Array,
  vendorOf: Uint32Array,
  numbers: Uint32Array,
  { postingStarts, postings, denseEntries, planes }: Sections,
): void {
  const size = planeWords(branchOrder.length);
  const ends = postingStarts.slice();
  // By entry: where its planes begin; -1 when it has a list.
  const planeAt = new Int32Array(numbers.length).fill(-1);
  for (const [at, entry] of denseEntries.entries()) planeAt[entry] = at * 2 * size;
  let number = 0;
  const put = (values: Uint32Array, from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const packed = values[at] as number;
      const entry = numbers[packed >>> 2] as number;
      const plane = planeAt[entry] as number;
      if (plane >= 0) {
        const word = plane + (number >>> 5);
        planes[word] = (planes[word] as number) | ((packed & 1) << (number & 31));
        planes[word + size] = (planes[word + size] as number) | (((packed >>> 1) & 1) << (number & 31));
        continue;
      }
      const place = ends[entry] as number;
      postings[place] = number * 4 + (packed & 3);
      ends[entry] = place + 1;
    }
  };
  for (; number < branchOrder.length; number++) {
    eachRun(words, branchOrder[number] as number, vendorOf, branchOrder.length, put);
  }
}

/** Calls with what a branch's vendor has, and with what it has of its own. */
function eachRun(
  { vendorStarts, ofVendors, branchStarts, ofBranches }: TermCollector,
  branch: number,
  vendorOf: Uint32Array,
  branches: number,
  call: (values: Uint32Array, from: number, to: number) => void,
): void {
  const vendor = vendorOf[branch] as number;
  const vendorEnd = vendor + 1 < vendorStarts.length ? vendorStarts.values[vendor + 1] : ofVendors.length;
  call(ofVendors.values, vendorStarts.values[vendor] as number, vendorEnd as number);
  const branchEnd = branch + 1 < branches ? branchStarts.values[branch + 1] : ofBranches.length;
  call(ofBranches.values, branchStarts.values[branch] as number, branchEnd as number);
}

function totalLength(pieces: readonly { readonly length: number }[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
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
