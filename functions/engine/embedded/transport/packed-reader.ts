import { EngineError } from '../../engine.ts';

/** Reads the numbers and bytes of a packed index in the order in which a `PackedWriter` wrote them. */
export class PackedReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws EngineError if fewer bytes are left */
  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new EngineError('the packed index is cut short');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
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
    if (at > bytes.length) throw new EngineError('the packed index is cut short');
    this.#at = at;
    return value;
  }

  /** Reads a number for each element. A loop of its own, because a browser has compiled nothing yet, and calls cost most then. */
  numbers(values: Uint8Array | Uint16Array | Uint32Array): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < values.length; index++) {
      const byte = bytes[at] as number;
      if (byte < 0x80) {
        values[index] = byte;
        at++;
      } else {
        this.#at = at;
        values[index] = this.number();
        at = this.#at;
      }
    }
    this.#at = at;
  }

  /** Reads each number as its difference from the previous one, for every `step`th element. */
  differences(values: Uint8Array | Uint16Array | Uint32Array, first = 0, step = 1): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let last = 0;
    for (let index = first; index < values.length; index += step) {
      const byte = bytes[at] as number;
      if (byte < 0x80) {
        last += (byte & 1) === 0 ? byte >> 1 : -((byte + 1) >> 1);
        at++;
      } else {
        this.#at = at;
        last += this.signed();
        at = this.#at;
      }
      values[index] = last;
    }
    this.#at = at;
  }

  /** A whole number with its sign in the lowest bit. */
  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A list after its length. */
  json(): unknown {
    return JSON.parse(new TextDecoder().decode(this.bytes(this.number())));
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}
