import { EngineError } from '../../engine.ts';
import { readJson } from '../file/index-metadata.ts';

/** Reads the numbers and bytes of a packed index in the order in which a `PackedWriter` wrote them. */
export class PackedReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws EngineError if fewer bytes are left */
  bytes(length: number): Uint8Array {
    const start = this.#at;
    this.#moveTo(start + length);
    return this.#bytes.subarray(start, this.#at);
  }

  /** A whole number from 0 to 2^53 - 1, seven bits in each byte, the lowest first. */
  number(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let byte = bytes[at++] as number;
    let value = byte & 0x7f;
    // Not by shifts, which have 32 bits.
    for (let unit = 128; byte >= 0x80; unit *= 128) {
      byte = bytes[at++] as number;
      value += (byte & 0x7f) * unit;
    }
    this.#moveTo(at);
    return value;
  }

  /** Reads a number for each element. Most are small, and a browser that has compiled nothing yet needs longest for calls. */
  numbers(values: Uint8Array | Uint16Array | Uint32Array): void {
    for (let index = 0; index < values.length; index++) {
      const byte = this.#bytes[this.#at] as number;
      if (byte < 0x80) {
        values[index] = byte;
        this.#at++;
      } else values[index] = this.number();
    }
  }

  /** Reads each number as its difference from the previous one, for every `step`th element. */
  differences(values: Uint8Array | Uint16Array | Uint32Array, first = 0, step = 1): void {
    let last = 0;
    for (let index = first; index < values.length; index += step) {
      last += this.signed();
      values[index] = last;
    }
  }

  /** A whole number with its sign in the lowest bit. */
  signed(): number {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  /** A list after its length. */
  json(): unknown {
    return readJson(this.bytes(this.number()));
  }

  #moveTo(at: number): void {
    if (at > this.#bytes.length) throw new EngineError('the packed index is cut short');
    this.#at = at;
  }
}
