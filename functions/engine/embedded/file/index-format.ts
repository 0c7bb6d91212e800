import { SUGGESTION_TYPES } from '../../../model/text/suggestions.ts';
import { VOCABULARY_VERSION } from '../../../model/text/vocabulary/version.ts';
import { EngineError } from '../../engine.ts';

/**
 * The sections of an index file in their order, each with the type through which it is read. The file does not contain these names.
 * Branches are numbered along a Morton curve, vendors by folded name and id, terms (words and synonym phrases) by code point. A section
 * of starts has one more element than there are items: the end of the last.
 */
export const SECTIONS = {
  /** {@link IndexMetadata} as JSON. */
  metadata: Uint8Array,
  /** Latitude and longitude of each branch, in degrees. */
  coordinates: Float64Array,
  /** The branch's vector on the unit sphere: x, y, z. */
  vectors: Float64Array,
  /** The Morton code of each branch, ascending. */
  mortonCodes: Uint32Array,
  branchVendor: Uint32Array,
  /** Indexes into the metadata's lists of values. */
  branchStatus: Uint16Array,
  branchFacility: Uint16Array,
  branchArea: Uint16Array,
  /** Index of the branch's hours; most branches share theirs with others. */
  branchHours: Uint32Array,
  /** A vendor's branches, in the release's order: `vendorBranches` from its start to the next vendor's. */
  vendorStarts: Uint32Array,
  vendorBranches: Uint32Array,
  vendorCategoryStarts: Uint32Array,
  vendorCategories: Uint16Array,
  /** Vendor numbers in the order of the vendors' ids. */
  vendorsById: Uint32Array,
  /** Each vendor's record ({@link vendorRecord}) as JSON. Records are in the release's order. */
  recordStarts: Uint32Array,
  recordEnds: Uint32Array,
  records: Uint8Array,
  /** Start and end of each interval of a week. */
  weekStarts: Uint32Array,
  weeks: Uint16Array,
  /** Bits. 1: outside their week the state is unknown, not closed; 2: their source is `none`. */
  hoursFlags: Uint8Array,
  /** Source, text and completeness of the hours, as JSON. */
  hoursTextStarts: Uint32Array,
  hoursTexts: Uint8Array,
  /** Terms as UTF-8. */
  termStarts: Uint32Array,
  terms: Uint8Array,
  /** Each term's postings, ascending: branch x 4 + the weight of the best field that has the term. Dense terms have none here. */
  postingStarts: Uint32Array,
  postings: Uint32Array,
  /** The terms that {@link isDense}, ascending, and the number of branches of each. */
  denseTerms: Uint32Array,
  denseCounts: Uint32Array,
  /** Each dense term's weights in two bitmaps with one bit per branch, first the low bits, then the high bits. Weight 0: no match. */
  bitSlices: Uint32Array,
  /** Stems as UTF-8, and the words that have each stem, as terms. */
  stemStarts: Uint32Array,
  stems: Uint8Array,
  stemWordStarts: Uint32Array,
  stemWords: Uint32Array,
  /** Suggestions as UTF-8, ascending, and the words of each, as terms. */
  suggestionTextStarts: Uint32Array,
  suggestionTexts: Uint8Array,
  suggestionWordStarts: Uint32Array,
  suggestionWords: Uint32Array,
  /** Lists of suggestions in their order, each with its number of vendors. {@link suggestionList} numbers the lists. */
  suggestionStarts: Uint32Array,
  suggestions: Uint32Array,
  /** The words of each text of two words or more, in their order, as terms. */
  textStarts: Uint32Array,
  textWords: Uint32Array,
  /** The texts of each vendor: text x 4 + the weight of the field that has it. */
  vendorTextStarts: Uint32Array,
  vendorTexts: Uint32Array,
  /** The texts of each branch's own. */
  branchTextStarts: Uint32Array,
  branchTexts: Uint32Array,
  /** The columns of branches once more, in the order of `vendorBranches`: a vendor's branches are next to each other. */
  statusByVendor: Uint16Array,
  facilityByVendor: Uint16Array,
  areaByVendor: Uint16Array,
  hoursByVendor: Uint32Array,
  /** Postings of the terms that only vendors have, in the form of those of branches: vendor x 4 + weight. Other terms have none. */
  vendorPostingStarts: Uint32Array,
  vendorPostings: Uint32Array,
  vendorDenseTerms: Uint32Array,
  vendorDenseCounts: Uint32Array,
  vendorBitSlices: Uint32Array,
} as const;

export type SectionName = keyof typeof SECTIONS;
export type Sections = { readonly [Name in SectionName]: InstanceType<(typeof SECTIONS)[Name]> };

/**
 * Version of the layout; readers reject any other. 2: bit slices; 3: suggestions, 64-bit vectors, patterns of permit pages;
 * 4: phrases of the vocabularies, hyphenated words written as one;
 * 5: past items, descriptions of places; 6: the words of texts in their order; 7: columns and postings of vendors.
 */
const INDEX_FORMAT = 7;
/** The vocabularies' version is a part of it. */
export const FORMAT_WORD = INDEX_FORMAT + VOCABULARY_VERSION * 0x1_0000;

/** The status number of the suggestions that count every status. */
export const ANY_STATUS = -1;

/**
 * The number of a list of suggestions.
 * @param status index into the metadata's statuses, or {@link ANY_STATUS}
 * @param type index into the model's `SUGGESTION_TYPES`
 */
export function suggestionList(status: number, type: number): number {
  return (status + 1) * SUGGESTION_TYPES.length + type;
}

/** Whether a term is stored as bit slices: with more than one branch in 16 these are smaller than a list, and much faster to intersect. */
export function isDense(count: number, branches: number): boolean {
  return count * 16 > branches;
}

/** The number of 32-bit words in one bitmap of a bit-sliced posting list. */
export function bitmapWords(branches: number): number {
  return Math.ceil(branches / 32);
}

/** `CURBSIDE` as two little-endian words; every current JavaScript platform is little-endian. */
const MAGIC = [0x42525543, 0x45444953] as const;

/** The sections in the order of the file. */
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/**
 * The header: six 32-bit words (magic (2), format, checksum of everything after the checksum, number of sections, 0), then each section's
 * offset and length in bytes, as 64-bit floats. Each section begins at a multiple of 8.
 */
const CHECKSUM_AT = 3;
const TABLE_BYTES = 24;
const HEADER_BYTES = TABLE_BYTES + SECTION_NAMES.length * 16;

/** Allocates a file whose sections have the given numbers of elements. Fill them, then call {@link sealIndex}. */
export function allocateIndex(lengths: Readonly<Record<SectionName, number>>): {
  file: ArrayBuffer;
  sections: Sections;
} {
  let size = HEADER_BYTES;
  const extents = SECTION_NAMES.map((name) => {
    const offset = size;
    const bytes = lengths[name] * SECTIONS[name].BYTES_PER_ELEMENT;
    size = Math.ceil((offset + bytes) / 8) * 8;
    return { offset, bytes };
  });
  const file = new ArrayBuffer(size);
  new Uint32Array(file, 0, 6).set([...MAGIC, FORMAT_WORD, 0, SECTION_NAMES.length, 0]);
  const table = new Float64Array(file, TABLE_BYTES, SECTION_NAMES.length * 2);
  for (const [at, { offset, bytes }] of extents.entries()) table.set([offset, bytes], at * 2);
  return { file, sections: viewSections(file) };
}

/** Layout and vocabularies: `4.1`. */
function formatText(word: number): string {
  return `${word & 0xffff}.${word >>> 16}`;
}

/** Writes the checksum of a filled file. */
export function sealIndex(file: ArrayBuffer): void {
  new Uint32Array(file, 0, 6)[CHECKSUM_AT] = checksum(file);
}

/**
 * Opens an index file as views of its bytes, without copying or parsing.
 * @throws EngineError if it is not an index, has another format, or is truncated or damaged.
 */
export function readSections(bytes: Uint8Array<ArrayBuffer>): Sections {
  // A view must begin at a multiple of its element size, so unaligned bytes are copied.
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset, byteLength } = file;
  const head = new Uint32Array(buffer, byteOffset, Math.min(6, Math.floor(byteLength / 4)));
  if (head[0] !== MAGIC[0] || head[1] !== MAGIC[1]) throw new EngineError('it is not an index of Curbside');
  if (head[2] !== undefined && head[2] !== FORMAT_WORD) {
    const [found, expected] = [formatText(head[2]), formatText(FORMAT_WORD)];
    throw new EngineError(`it is an index of format ${found}, and this program reads ${expected}`);
  }
  const isComplete = byteLength >= HEADER_BYTES && byteLength % 8 === 0 && head[4] === SECTION_NAMES.length;
  if (!isComplete || checksum(buffer, byteOffset, byteLength) !== head[CHECKSUM_AT]) {
    throw new EngineError(`it is cut short or damaged: its ${byteLength} bytes do not match its checksum`);
  }
  return viewSections(buffer, byteOffset);
}

function viewSections(buffer: ArrayBuffer, start = 0): Sections {
  const table = new Float64Array(buffer, start + TABLE_BYTES, SECTION_NAMES.length * 2);
  const views = SECTION_NAMES.map((name, at) => {
    const [offset = 0, bytes = 0] = [table[at * 2], table[at * 2 + 1]];
    return [name, new SECTIONS[name](buffer, start + offset, bytes / SECTIONS[name].BYTES_PER_ELEMENT)];
  });
  return Object.fromEntries(views) as Sections;
}

/**
 * A 32-bit checksum of everything after the checksum itself. Each quarter of the file has a lane of its own, because a lane has to wait
 * for its own multiplication. Each step is a bijection of the word, so a change within one word is always detected; other changes are
 * detected with probability 1 - 2^-32. It detects accidents only: anyone who can change the file can also change its checksum.
 * 5 GB/s (2026-11); lanes that alternate word by word take two to three times as long, and so does Node's own `crc32`.
 */
function checksum(buffer: ArrayBuffer, start = 0, length = buffer.byteLength - start): number {
  const from = (CHECKSUM_AT + 1) * 4;
  const words = new Int32Array(buffer, start + from, (length - from) / 4);
  let a = 0x24234428;
  let b = 0x85ebca77 | 0;
  let c = 0;
  let d = 0x61c8864f;
  const quarter = words.length >>> 2;
  for (let at = 0; at < quarter; at++) {
    a = lane(a, words[at] as number);
    b = lane(b, words[at + quarter] as number);
    c = lane(c, words[at + 2 * quarter] as number);
    d = lane(d, words[at + 3 * quarter] as number);
  }
  for (let at = quarter * 4; at < words.length; at++) a = lane(a, words[at] as number);
  let hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) + length) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function lane(state: number, word: number): number {
  return Math.imul(rotate(state ^ word, 13), 0x9e3779b1);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
