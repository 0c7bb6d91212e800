import { SUGGESTION_TYPES } from '../../../model/text/suggestions.ts';
import { EngineError } from '../../engine.ts';

/**
 * The parts of an index file, in their order, each the view that it is read through. Branches are numbered along a Morton
 * curve over their places, vendors by folded name and id, entries (words, and phrases of the synonyms) by code point.
 */
export const SECTIONS = {
  /** JSON: what {@link IndexFacts} says. */
  facts: Uint8Array,
  /** Latitude and longitude of each branch, degrees. */
  places: Float64Array,
  /** The same on the unit sphere: x, y, z. */
  vectors: Float64Array,
  /** Morton code of each branch, ascending. */
  codes: Uint32Array,
  branchVendor: Uint32Array,
  /** Numbers of the facts' lists. */
  branchStatus: Uint16Array,
  branchFacility: Uint16Array,
  branchArea: Uint16Array,
  /** Number of its hours; most branches share theirs with others. */
  branchHours: Uint32Array,
  /** A vendor's branches in the release's order are `vendorBranches` from its start to the next one's. */
  vendorStarts: Uint32Array,
  vendorBranches: Uint32Array,
  vendorCategoryStarts: Uint32Array,
  vendorCategories: Uint16Array,
  /** Vendors by id. */
  vendorsById: Uint32Array,
  /** Where a vendor's record is: JSON without what stands in columns. Records stand in the release's order. */
  recordStarts: Uint32Array,
  recordEnds: Uint32Array,
  records: Uint8Array,
  /** Start and end of stretches of a week, two numbers each. */
  weekStarts: Uint32Array,
  weeks: Uint16Array,
  /** 1: unknown outside of their week, not closed; 2: their source is `none`. */
  hoursFlags: Uint8Array,
  /** JSON of source, text and whether they are complete. */
  hoursTextStarts: Uint32Array,
  hoursTexts: Uint8Array,
  /** Entries as UTF-8. */
  entryStarts: Uint32Array,
  entries: Uint8Array,
  /** An entry's branches, ascending: number x 4 + the weight of the best field that has it. None where they stand in planes. */
  postingStarts: Uint32Array,
  postings: Uint32Array,
  /** Entries of so many branches that {@link isDense}, ascending, and how many these are. */
  denseEntries: Uint32Array,
  denseCounts: Uint32Array,
  /** Of each of them two planes of a bit a branch: the low bits of all weights, then the high ones; 0: it does not have the entry. */
  planes: Uint32Array,
  /** Stems as UTF-8, and the words of each. */
  stemStarts: Uint32Array,
  stems: Uint8Array,
  stemWordStarts: Uint32Array,
  stemWords: Uint32Array,
  /** What can be suggested as UTF-8, ascending, and its words as entries. */
  suggestionTextStarts: Uint32Array,
  suggestionTexts: Uint8Array,
  suggestionWordStarts: Uint32Array,
  suggestionWords: Uint32Array,
  /** Lists of a text and how many vendors have it, in the order in which they are suggested; {@link suggestionList} says whose they are. */
  suggestionStarts: Uint32Array,
  suggestions: Uint32Array,
} as const;

export type SectionName = keyof typeof SECTIONS;
export type Sections = { readonly [Name in SectionName]: InstanceType<(typeof SECTIONS)[Name]> };

/** Version of the layout; a reader refuses another one. 2: planes; 3: suggestions, vectors of 64 bits, patterns of permits' pages. */
export const INDEX_FORMAT = 3;

/** Stands for a status in a list of suggestions that counts all. */
export const ANY_STATUS = -1;

/**
 * The number of a list of suggestions.
 * @param status its number among the facts' statuses, or {@link ANY_STATUS}
 * @param type its number among the model's `SUGGESTION_TYPES`
 */
export function suggestionList(status: number, type: number): number {
  return (status + 1) * SUGGESTION_TYPES.length + type;
}

/** Whether an entry's branches stand in planes: from one in 16 on they are smaller than a list, and far quicker to intersect. */
export function isDense(count: number, branches: number): boolean {
  return count * 16 > branches;
}

/** Numbers of 32 bits in a plane. */
export function planeWords(branches: number): number {
  return Math.ceil(branches / 32);
}

/** `CURBSIDE` read as two numbers on a machine that puts low bytes first, as all that run JavaScript today do. */
const MAGIC = [0x42525543, 0x45444953] as const;

const NAMES = Object.keys(SECTIONS) as SectionName[];

/**
 * Numbers of 4 bytes at the start: magic (2), format, checksum of all that follows the checksum, parts, and 0; then of each part its offset
 * and length in bytes, as numbers of 8 bytes. Each part begins at a multiple of 8.
 */
const CHECKSUM_AT = 3;
const TABLE_BYTES = 24;
const HEADER_BYTES = TABLE_BYTES + NAMES.length * 16;

/** Makes room for parts of the given numbers of elements, to be filled and then {@link sealIndex}ed. */
export function allocateIndex(lengths: Readonly<Record<SectionName, number>>): {
  file: ArrayBuffer;
  sections: Sections;
} {
  let size = HEADER_BYTES;
  const places = NAMES.map((name) => {
    const offset = size;
    const bytes = lengths[name] * SECTIONS[name].BYTES_PER_ELEMENT;
    size = Math.ceil((offset + bytes) / 8) * 8;
    return { offset, bytes };
  });
  const file = new ArrayBuffer(size);
  new Uint32Array(file, 0, 6).set([...MAGIC, INDEX_FORMAT, 0, NAMES.length, 0]);
  const table = new Float64Array(file, TABLE_BYTES, NAMES.length * 2);
  for (const [at, { offset, bytes }] of places.entries()) table.set([offset, bytes], at * 2);
  return { file, sections: viewSections(file) };
}

/** Writes the checksum into a filled file. */
export function sealIndex(file: ArrayBuffer): void {
  new Uint32Array(file, 0, 6)[CHECKSUM_AT] = checksum(file);
}

/**
 * Opens an index file as views on its bytes: nothing is copied or parsed.
 * @throws EngineError when it is no index, of another format, cut short or damaged.
 */
export function readSections(bytes: Uint8Array<ArrayBuffer>): Sections {
  // A view must begin at a multiple of its element's size.
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset, byteLength } = file;
  const head = new Uint32Array(buffer, byteOffset, Math.min(6, Math.floor(byteLength / 4)));
  if (head[0] !== MAGIC[0] || head[1] !== MAGIC[1]) throw new EngineError('it is not an index of Curbside');
  if (head[2] !== undefined && head[2] !== INDEX_FORMAT) {
    throw new EngineError(`it is an index of format ${head[2]}, and this program reads ${INDEX_FORMAT}`);
  }
  const whole = byteLength >= HEADER_BYTES && byteLength % 8 === 0 && head[4] === NAMES.length;
  if (!whole || checksum(buffer, byteOffset, byteLength) !== head[CHECKSUM_AT]) {
    throw new EngineError(`it is cut short or damaged: its ${byteLength} bytes do not have its checksum`);
  }
  return viewSections(buffer, byteOffset);
}

function viewSections(buffer: ArrayBuffer, start = 0): Sections {
  const table = new Float64Array(buffer, start + TABLE_BYTES, NAMES.length * 2);
  const views = NAMES.map((name, at) => {
    const [offset = 0, bytes = 0] = [table[at * 2], table[at * 2 + 1]];
    return [name, new SECTIONS[name](buffer, start + offset, bytes / SECTIONS[name].BYTES_PER_ELEMENT)];
  });
  return Object.fromEntries(views) as Sections;
}

/**
 * 32 bits of all that follows the checksum's place, each quarter in a lane of its own, because a lane waits for its own multiplication.
 * Each step turns different words into different states, so that a change within one word is always found; any other with 1 - 2^-32. It
 * finds accidents; whoever can change the file can change its checksum too. 5 GB/s, 2026-11: lanes that read word by word in turn
 * take two to three times as long, and Node's own `crc32` as well.
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
