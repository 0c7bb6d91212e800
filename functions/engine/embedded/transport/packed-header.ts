import { EngineError } from '../../engine.ts';
import { FORMAT_WORD, SECTION_NAMES, type SectionName } from '../file/index-format.ts';
import { PACKED_FORMAT, PARTS } from './packed-layout.ts';
import { PackedReader } from './packed-reader.ts';

/** The packed format, and the length of the header in two bytes. */
const PREFIX_BYTES = 3;

export type PackedHeader = {
  /** In elements. */
  readonly sectionLengths: Readonly<Record<SectionName, number>>;
  /** In bytes, in the order of {@link PARTS}. */
  readonly partLengths: readonly number[];
  /** Where the first part begins. */
  readonly end: number;
};

/**
 * Reads the header at the beginning of a packed index; `undefined` if it is not complete yet.
 * @throws EngineError if it is not a packed index, or was packed by another version of the program
 */
export function readHeader(packed: Uint8Array): PackedHeader | undefined {
  if (packed.length < PREFIX_BYTES) return undefined;
  const [format, low, high] = packed as unknown as [number, number, number];
  const end = PREFIX_BYTES + low + high * 256;
  if (format === PACKED_FORMAT && end > packed.length) return undefined;
  const input = new PackedReader(packed.subarray(PREFIX_BYTES, end));
  if (format !== PACKED_FORMAT || input.number() !== FORMAT_WORD || input.number() !== SECTION_NAMES.length) {
    throw new EngineError('it is not an index that this version of the program has packed');
  }
  const lengths = Object.fromEntries(SECTION_NAMES.map((name) => [name, input.number()]));
  return {
    sectionLengths: lengths as Record<SectionName, number>,
    partLengths: PARTS.map(() => input.number()),
    end,
  };
}

/** Whether this version of the program can unpack an index. @param packed its header is enough */
export function isPackedHere(packed: Uint8Array): boolean {
  try {
    return readHeader(packed) !== undefined;
  } catch {
    return false;
  }
}
