import { writeJson } from '../file/index-metadata.ts';

/** The largest number that a packed index can have, once its sign takes a bit. */
const MAX_NUMBER = 2 ** 52;

/** Collects the numbers and bytes of a packed index. `PackedReader` has the forms. */
export class PackedWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  bytes(part: Uint8Array): void {
    this.#makeRoom(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }

  /** @throws RangeError if it is not a whole number from 0 to 2^53 - 1 */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be packed`);
    this.#makeRoom(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  /** @throws RangeError if it is not a whole number of less than 53 bits */
  signed(value: number): void {
    if (Math.abs(value) >= MAX_NUMBER) throw new RangeError(`${value} cannot be packed`);
    this.number(value < 0 ? -value * 2 - 1 : value * 2);
  }

  json(value: unknown): void {
    const text = writeJson(value);
    this.number(text.length);
    this.bytes(text);
  }

  /** What was written so far. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const more = new Uint8Array((this.#length + bytes) * 2);
    more.set(this.#bytes);
    this.#bytes = more;
  }
}
