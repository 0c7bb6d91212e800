const encoder = new TextEncoder();

/** ES2024's resizable buffers. Node has had them since version 20, but the project's language level does not include them. */
type Resizable = ArrayBuffer & { resize(bytes: number): void };
const ResizableBuffer = ArrayBuffer as unknown as new (
  bytes: number,
  options: { readonly maxByteLength: number },
) => Resizable;

/** A growing list of unsigned 32-bit numbers, in half the memory of an array of numbers. */
export class GrowableList {
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

/** A growing list of texts, concatenated as UTF-8 in a fifth of the memory of strings. */
export class GrowableTexts {
  readonly #starts = new GrowableList();
  #bytes = new Uint8Array(1024);

  constructor() {
    this.#starts.push(0);
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  /** Returns the text's number. */
  add(text: string): number {
    const start = this.#starts.values[this.length] as number;
    // A UTF-16 unit becomes at most three bytes.
    if (start + text.length * 3 > this.#bytes.length) {
      const more = new Uint8Array((start + text.length * 3) * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#starts.push(start + encoder.encodeInto(text, this.#bytes.subarray(start)).written);
    return this.length - 1;
  }

  bytesOf(text: number): Uint8Array {
    return this.#bytes.subarray(this.#starts.values[text], this.#starts.values[text + 1]);
  }

  /** Compares two texts by code point, which is the order of their bytes. */
  compare(a: number, b: number): number {
    const [bytes, starts] = [this.#bytes, this.#starts.values];
    const startOfA = starts[a] as number;
    const startOfB = starts[b] as number;
    const lengthOfA = (starts[a + 1] as number) - startOfA;
    const lengthOfB = (starts[b + 1] as number) - startOfB;
    for (let at = 0; at < lengthOfA && at < lengthOfB; at++) {
      const difference = (bytes[startOfA + at] as number) - (bytes[startOfB + at] as number);
      if (difference !== 0) return difference;
    }
    return lengthOfA - lengthOfB;
  }
}

/** A growing list of byte arrays, concatenated in chunks; growing copies nothing. */
export class GrowableBytes {
  readonly #starts = new GrowableList();
  #chunks: Uint8Array<Resizable>[] = [];
  #chunk: Uint8Array<Resizable> = new Uint8Array(new ResizableBuffer(0, { maxByteLength: 0 }));
  #used = 0;
  length = 0;

  add(bytes: Uint8Array): void {
    this.#starts.push(this.length);
    this.length += bytes.length;
    const fitting = Math.min(bytes.length, this.#chunk.length - this.#used);
    this.#chunk.set(bytes.subarray(0, fitting), this.#used);
    this.#used += fitting;
    if (fitting === bytes.length) return;
    const size = Math.max(1 << 20, bytes.length - fitting);
    this.#chunk = new Uint8Array(new ResizableBuffer(size, { maxByteLength: size }));
    this.#chunks.push(this.#chunk);
    this.#chunk.set(bytes.subarray(fitting));
    this.#used = bytes.length - fitting;
  }

  /** Moves all bytes into `target` and releases their memory; returns the start of each array in it, and the end of the last. */
  moveTo(target: Uint8Array): Uint32Array {
    let at = 0;
    for (let chunk = this.#chunks.shift(); chunk; chunk = this.#chunks.shift()) {
      target.set(chunk.subarray(0, this.length - at), at);
      at += chunk.length;
      // Releases the memory now instead of at the next garbage collection: 90 MB for a million branches.
      chunk.buffer.resize(0);
    }
    this.#starts.push(this.length);
    return this.#starts.values.subarray(0, this.#starts.length);
  }
}
