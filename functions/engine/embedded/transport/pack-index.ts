import {
  allocateIndex,
  FORMAT_WORD,
  readSections,
  SECTION_NAMES,
  type SectionName,
  type Sections,
} from '../file/index-format.ts';
import { writeDifferences, writeNumbers, writePairs } from './number-forms.ts';
import { type Form, PACKED_FORMAT, PARTS, type Part } from './packed-layout.ts';
import { PackedReader } from './packed-reader.ts';
import { PackedWriter } from './packed-writer.ts';
import { writeCoordinates } from './place-forms.ts';
import { writePostings } from './posting-form.ts';
import { writeRecords } from './record-form.ts';
import { writeTexts } from './text-forms.ts';
import { readPart } from './unpack-index.ts';
import { writeBranchTexts, writeStems } from './word-forms.ts';

/**
 * Packs an index file for its way to a browser: what other sections say is left out, and the rest has forms that gzip compresses well. A part
 * whose form does not return the same bytes follows as it is.
 * @throws EngineError if it is not an index
 */
export function packIndex(index: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const sections = readSections(index);
  const lengths = Object.fromEntries(SECTION_NAMES.map((name) => [name, sections[name].length]));
  const parts: Uint8Array[] = [];
  // What a reader has at this point.
  const { sections: unpacked } = allocateIndex(lengths as Record<SectionName, number>);
  for (const part of PARTS) {
    parts.push(packedPart(part, sections, unpacked) ?? plainPart(part, sections));
    for (const name of part.sections) unpacked[name].set(sections[name] as never);
  }
  const header = new PackedWriter();
  for (const number of [FORMAT_WORD, SECTION_NAMES.length]) header.number(number);
  for (const name of SECTION_NAMES) header.number(lengths[name] as number);
  for (const { length } of parts) header.number(length);
  const { length } = header.written();
  const output = new PackedWriter();
  for (const bytes of [Uint8Array.of(PACKED_FORMAT, length & 0xff, length >>> 8), header.written(), ...parts]) {
    output.bytes(bytes);
  }
  return output.written();
}

/** A part in its form, if a reader gets the same sections from it. */
function packedPart(part: Part, sections: Sections, unpacked: Sections): Uint8Array | undefined {
  if (part.form === 'bytes') return undefined;
  try {
    const output = new PackedWriter();
    output.number(1);
    WRITERS[part.form]?.(sections, output, part.sections);
    const written = output.written();
    readPart(part, unpacked, new PackedReader(written));
    const isSame = part.sections.every((name) => areSame(bytesOf(sections[name]), bytesOf(unpacked[name])));
    return isSame ? written : undefined;
  } catch {
    // Data in which the form does not occur: a text that is not UTF-8, a column that is too short.
    return undefined;
  }
}

function plainPart({ sections: names }: Part, sections: Sections): Uint8Array {
  const output = new PackedWriter();
  output.number(0);
  for (const name of names) output.bytes(bytesOf(sections[name]));
  return output.written();
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at]);
}

type FormWriter = (sections: Sections, output: PackedWriter, names: readonly SectionName[]) => void;

const single =
  (write: (values: Uint32Array, output: PackedWriter) => void): FormWriter =>
  (sections, output, [name]) =>
    write(sections[name as 'vendorStarts'], output);

/** The others are derived, so nothing is written. */
const WRITERS: Readonly<Partial<Record<Form, FormWriter>>> = {
  numbers: single(writeNumbers),
  differences: single(writeDifferences),
  pairs: single(writePairs),
  texts: (sections, output, [starts, bytes]) =>
    writeTexts(sections[starts as 'termStarts'], sections[bytes as 'terms'], output),
  coordinates: writeCoordinates,
  stems: writeStems,
  'branch texts': writeBranchTexts,
  postings: writePostings,
  records: writeRecords,
};
