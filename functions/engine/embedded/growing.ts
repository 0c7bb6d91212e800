/** A list of unsigned 32-bit numbers that grows; half the memory of an array of numbers and none of its objects. */
export class GrowingList {
  values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const more = new Uint32Array(this.length * 2);
      more.set(this.values);
      this.values = more;
    }
    this.values[this.length++] = value;
  }
}

/** Bytes that grow in pieces, so that growing copies nothing. A piece that was added stays in one. */
export class GrowingBytes {
  readonly #sizes = new GrowingList();
  readonly #chunks: Uint8Array[] = [];
  #chunk = new Uint8Array(0);
  #used = 0;
  readonly #chunkOf = new GrowingList();
  readonly #offsetOf = new GrowingList();
  length = 0;

  /** Adds a piece; its number is the number of pieces before it. */
  add(bytes: Uint8Array): void {
    if (this.#used + bytes.length > this.#chunk.length) {
      this.#chunk = new Uint8Array(Math.max(1 << 20, bytes.length));
      this.#chunks.push(this.#chunk);
      this.#used = 0;
    }
    this.#chunk.set(bytes, this.#used);
    this.#chunkOf.push(this.#chunks.length - 1);
    this.#offsetOf.push(this.#used);
    this.#sizes.push(bytes.length);
    this.#used += bytes.length;
    this.length += bytes.length;
  }

  piece(number: number): Uint8Array {
    const offset = this.#offsetOf.values[number] ?? 0;
    const size = this.#sizes.values[number] ?? 0;
    return (this.#chunks[this.#chunkOf.values[number] ?? 0] ?? this.#chunk).subarray(offset, offset + size);
  }
}
