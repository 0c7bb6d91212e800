import { EngineError } from '../../engine.ts';
import { fillColumnsByVendor } from '../file/columns-by-vendor.ts';
import { allocateIndex, type SectionName, type Sections } from '../file/index-format.ts';
import { type IndexMetadata, readJson } from '../file/index-metadata.ts';
import { readDifferences, readNumbers, readPairs } from './number-forms.ts';
import { type PackedHeader, readHeader } from './packed-header.ts';
import { type Form, PARTS, type Part } from './packed-layout.ts';
import { PackedReader } from './packed-reader.ts';
import { deriveBranchVendor, derivePlaces, readCoordinates } from './place-forms.ts';
import { readPostings } from './posting-form.ts';
import { readRecords } from './record-form.ts';
import { readTexts } from './text-forms.ts';
import { readBranchTexts, readStems } from './word-forms.ts';

/** An index file without its checksum, which `sealIndex` writes, its sections, and what the first of them says. */
export type UnpackedIndex = {
  readonly file: ArrayBuffer;
  readonly sections: Sections;
  readonly metadata: IndexMetadata;
};

/**
 * Unpacks what `packIndex` has packed, while it arrives: the same index file, byte for byte, where sines and cosines have the same bits, as in
 * Chromium, Firefox and Node. The checksum is left out because gzip has one, and computing it took a tenth of the time (2026-11-27).
 */
export class IndexUnpacker {
  #bytes = new Uint8Array();
  #length = 0;
  /** Where the next part begins. */
  #at = 0;
  /** The number of parts that have been read. */
  #read = 0;
  #header: PackedHeader | undefined;
  #unpacked: Omit<UnpackedIndex, 'metadata'> | undefined;
  /** What the first part says; `undefined` until it has arrived. */
  metadata: IndexMetadata | undefined;

  /**
   * Unpacks all parts that are complete with these bytes.
   * @throws EngineError if it is not a packed index, or was packed by another version of the program
   */
  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
    const filled = this.#bytes.subarray(0, length);
    this.#header ??= readHeader(filled);
    if (!this.#header) return;
    const { sectionLengths, partLengths, end: headerEnd } = this.#header;
    this.#at ||= headerEnd;
    this.#unpacked ??= allocateIndex(sectionLengths);
    for (; this.#read < PARTS.length; this.#read++) {
      const end = this.#at + (partLengths[this.#read] as number);
      if (end > length) return;
      const input = new PackedReader(filled.subarray(this.#at, end));
      readPart(PARTS[this.#read] as Part, this.#unpacked.sections, input);
      this.#at = end;
      this.metadata ??= readJson(this.#unpacked.sections.metadata) as IndexMetadata;
    }
  }

  /** @throws EngineError if parts are missing */
  finish(): UnpackedIndex {
    if (this.#read < PARTS.length) throw new EngineError('the packed index is cut short');
    return { ...this.#unpacked, metadata: this.metadata } as UnpackedIndex;
  }
}

/** Unpacks a whole index. @throws EngineError as {@link IndexUnpacker} does */
export function unpackIndex(packed: Uint8Array): UnpackedIndex {
  const unpacker = new IndexUnpacker();
  unpacker.add(packed);
  return unpacker.finish();
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
