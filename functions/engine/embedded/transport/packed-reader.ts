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
    let [value, unit] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new EngineError('the packed index is cut short');
      // Not by shifts, which have 32 bits.
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 128;
    }
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
