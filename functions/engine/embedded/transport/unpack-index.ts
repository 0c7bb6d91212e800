import { EngineError } from '../../engine.ts';
import { fillColumnsByVendor } from '../file/columns-by-vendor.ts';
import { allocateIndex, FORMAT_WORD, SECTION_NAMES, type SectionName, type Sections } from '../file/index-format.ts';
import { readDifferences, readNumbers, readPairs } from './number-forms.ts';
import { type Form, PACKED_FORMAT, PARTS, type Part } from './packed-layout.ts';
import { PackedReader } from './packed-reader.ts';
import { deriveBranchVendor, derivePlaces, readCoordinates } from './place-forms.ts';
import { readPostings } from './posting-form.ts';
import { readRecords } from './record-form.ts';
import { readTexts } from './text-forms.ts';
import { readBranchTexts, readStems } from './word-forms.ts';

/**
 * Unpacks what `packIndex` has packed: the same index file, byte for byte, where sines and cosines have the same bits, as in Chromium,
 * Firefox and Node. Only its checksum is missing, which `sealIndex` writes: gzip has a checksum of its own, and computing this one took a
 * tenth of the time (2026-11-27).
 * @throws EngineError if it is not a packed index, was packed by another version of the program, or is cut short
 */
export function unpackIndex(packed: Uint8Array): { readonly file: ArrayBuffer; readonly sections: Sections } {
  const input = new PackedReader(packed);
  if (!readHeader(input)) throw new EngineError('it is not an index that this version of the program has packed');
  const lengths = Object.fromEntries(SECTION_NAMES.map((name) => [name, input.number()]));
  const { file, sections } = allocateIndex(lengths as Record<SectionName, number>);
  for (const part of PARTS) readPart(part, sections, input);
  return { file, sections };
}

/** Whether this version of the program can unpack it. @param packed its beginning is enough */
export function isPackedHere(packed: Uint8Array): boolean {
  try {
    return readHeader(new PackedReader(packed));
  } catch {
    return false;
  }
}

function readHeader(input: PackedReader): boolean {
  const [format, indexFormat, sectionCount] = [input.number(), input.number(), input.number()];
  return format === PACKED_FORMAT && indexFormat === FORMAT_WORD && sectionCount === SECTION_NAMES.length;
}

/** Fills the sections of one part. Before it is a 1, or a 0 if its sections follow as bytes. */
export function readPart({ form, sections: names }: Part, sections: Sections, input: PackedReader): void {
  READERS[input.number() === 1 ? form : 'bytes'](sections, input, names);
}

type FormReader = (sections: Sections, input: PackedReader, names: readonly SectionName[]) => void;

/** For a form of one section of whole numbers. */
const single =
  (read: (values: Uint32Array, input: PackedReader) => void): FormReader =>
  (sections, input, [name]) =>
    read(sections[name as 'vendorStarts'], input);

const READERS: Readonly<Record<Form, FormReader>> = {
  bytes: (sections, input, names) => {
    for (const { buffer, byteOffset, byteLength } of names.map((name) => sections[name])) {
      new Uint8Array(buffer, byteOffset, byteLength).set(input.bytes(byteLength));
    }
  },
  numbers: single(readNumbers),
  differences: single(readDifferences),
  pairs: single(readPairs),
  texts: (sections, input, [starts, bytes]) =>
    readTexts(sections[starts as 'termStarts'], sections[bytes as 'terms'], input),
  coordinates: readCoordinates,
  places: derivePlaces,
  'branch vendor': deriveBranchVendor,
  'columns by vendor': fillColumnsByVendor,
  stems: readStems,
  'branch texts': readBranchTexts,
  postings: readPostings,
  records: readRecords,
};
