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

/** Pieces of bytes in a row; growing copies nothing. */
export class GrowingBytes {
  readonly #starts = new GrowingList();
  #chunks: Uint8Array[] = [];
  #chunk = new Uint8Array(0);
  #used = 0;
  length = 0;

  /** Adds a piece; its number is the number of pieces before it. */
  add(bytes: Uint8Array): void {
    this.#starts.push(this.length);
    this.length += bytes.length;
    const room = Math.min(bytes.length, this.#chunk.length - this.#used);
    this.#chunk.set(bytes.subarray(0, room), this.#used);
    this.#used += room;
    if (room === bytes.length) return;
    this.#chunk = new Uint8Array(Math.max(1 << 20, bytes.length - room));
    this.#chunks.push(this.#chunk);
    this.#chunk.set(bytes.subarray(room));
    this.#used = bytes.length - room;
  }

  /** Moves all bytes to where they belong, giving back their memory; returns where each piece begins there, and where the last ends. */
  moveTo(target: Uint8Array): Uint32Array {
    let at = 0;
    for (let chunk = this.#chunks.shift(); chunk; chunk = this.#chunks.shift()) {
      target.set(chunk.subarray(0, this.length - at), at);
      at += chunk.length;
    }
    this.#starts.push(this.length);
    return this.#starts.values.subarray(0, this.#starts.length);
  }
}
