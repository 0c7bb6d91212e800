import { RELEASE_FORMAT, type ReleaseContent } from '../model/release.ts';
import type { Vendor } from '../model/vendor.ts';

/** A release without its vendors and provenance. */
export type ContentHead = Omit<ReleaseContent, 'vendors'>;

/** Gets the content of a release while it is read. What it got counts only if the reading does not fail. */
export type ContentVisitor = {
  /** Is called once, before the vendors. */
  readonly head?: (head: ContentHead) => void;
  /** Is called with some vendors at a time, in their order. Without it, vendors are not parsed. */
  readonly vendors?: (vendors: readonly Vendor[]) => void;
};

/** The largest vendor, bytes; a chain of 1,000 branches has 0.5 MB. A longer one is damaged: its end was not found. */
const MAX_ITEM_BYTES = 64 * 2 ** 20;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const LIST_KEY = '"vendors":';
const END = '}';

/**
 * Parses `release.json` piece by piece, in the order of keys in which it is written. It holds one piece and one unfinished vendor, so a
 * file may be larger than a string. Its errors name the vendor, counted from 1, and the byte.
 */
export class ContentParser {
  readonly #version: string;
  readonly #visitor: ContentVisitor;
  #part: 'head' | 'vendors' | 'end' = 'head';
  /** Begins with what is not parsed yet: its length, and its place in the file. */
  #buffer = new Uint8Array(1024);
  #length = 0;
  #startsAt = 0;
  /** How much of it is scanned; one more than its length if it ends with a backslash. */
  #scanned = 0;
  #depth = 0;
  #isInString = false;
  /** What may follow at the level of the list. */
  #next: 'vendor or end' | 'vendor' | 'comma or end' = 'vendor or end';
  #vendors = 0;

  constructor(version: string, visitor: ContentVisitor) {
    this.#version = version;
    this.#visitor = visitor;
  }

  /** @param piece may be overwritten afterwards @throws Error that says what is wrong with the content */
  push(piece: Uint8Array): void {
    const bytes = this.#append(piece);
    let used = 0;
    if (this.#part === 'head') used = this.#readHead(bytes);
    if (this.#part === 'vendors') used = this.#visitor.vendors ? this.#readVendors(bytes, used) : bytes.length;
    if (used > 0) this.#buffer.copyWithin(0, used, this.#length);
    this.#length -= used;
    this.#startsAt += used;
    this.#scanned -= used;
    if (this.#part === 'end' && !END.startsWith(this.#restText())) {
      throw new Error(`something follows its JSON at byte ${this.#startsAt}`);
    }
    if (this.#length > MAX_ITEM_BYTES) {
      throw new Error(`the JSON of ${this.#itemName()} does not end within ${MAX_ITEM_BYTES} bytes`);
    }
  }

  /** @throws Error when the content is not complete */
  end(): void {
    if (this.#part === 'head') {
      // Either it is not JSON, or it is something else than a release.
      this.#setHead(JSON.parse(this.#restText()));
      throw new Error('it is JSON without a list of vendors');
    }
    const isSkipped = this.#part === 'vendors' && !this.#visitor.vendors;
    if (isSkipped || (this.#part === 'end' && this.#length > 0)) return;
    throw new Error(`it is cut short: its JSON ends at byte ${this.#startsAt + this.#length}, in ${this.#itemName()}`);
  }

  /** Returns everything that is not parsed yet. */
  #append(piece: Uint8Array): Uint8Array {
    const length = this.#length + piece.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = length;
    return this.#buffer.subarray(0, length);
  }

  #restText(): string {
    return textOf(this.#buffer.subarray(0, this.#length));
  }

  #itemName(): string {
    if (this.#part === 'vendors') return `vendor ${this.#vendors + 1}, which begins at byte ${this.#startsAt}`;
    return this.#part === 'head' ? 'the part before the vendors' : 'the part after the vendors';
  }

  /** Reads everything up to the list of vendors. Returns the list's first byte; 0: it has not arrived yet. */
  #readHead(bytes: Uint8Array): number {
    let [at, depth, isInString] = [this.#scanned, this.#depth, this.#isInString];
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (isInString) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) isInString = false;
      } else if (byte === QUOTE) isInString = true;
      else if (byte === OPEN_LIST && depth === 1 && endsWithKey(bytes, at)) {
        this.#setHead(JSON.parse(`${textOf(bytes.subarray(0, at))}[]}`));
        [this.#part, this.#depth, this.#isInString, this.#scanned] = ['vendors', 0, false, at + 1];
        return at + 1;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    }
    [this.#scanned, this.#depth, this.#isInString] = [at, depth, isInString];
    return 0;
  }

  #setHead(parsed: Partial<ContentHead> | null): void {
    if (parsed?.format !== RELEASE_FORMAT) {
      throw new Error(`it is a release of format ${String(parsed?.format)}, and this program reads ${RELEASE_FORMAT}`);
    }
    const { vendors: _, ...head } = parsed as ReleaseContent;
    this.#visitor.head?.({ ...head, version: this.#version });
  }

  /** Parses all vendors that end in these bytes; returns the end of the last. */
  #readVendors(bytes: Uint8Array, from: number): number {
    const starts: number[] = [];
    const ends: number[] = [];
    let [at, depth, isInString] = [this.#scanned, this.#depth, this.#isInString];
    let used = from;
    if (depth > 0) starts.push(from);
    for (; at < bytes.length && this.#part === 'vendors'; at++) {
      const byte = bytes[at] as number;
      if (isInString) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) isInString = false;
      } else if (depth === 0) {
        // Separators are used at once, so that what is left begins with a vendor.
        if (byte === OPEN_OBJECT) {
          if (this.#next === 'comma or end') throw this.#unexpected(at, ends.length);
          depth = 1;
          starts.push(at);
        } else this.#readSeparator(byte, at, ends.length);
        used = depth === 0 ? at + 1 : at;
      } else if (byte === QUOTE) isInString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) {
        ends.push(at + 1);
        used = at + 1;
        this.#next = 'comma or end';
      }
    }
    [this.#scanned, this.#depth, this.#isInString] = [at, depth, isInString];
    this.#parse(bytes, starts, ends);
    return used;
  }

  #readSeparator(byte: number, at: number, found: number): void {
    if (byte === COMMA && this.#next === 'comma or end') this.#next = 'vendor';
    else if (byte === CLOSE_LIST && this.#next !== 'vendor') this.#part = 'end';
    else throw this.#unexpected(at, found);
  }

  #unexpected(at: number, found: number): Error {
    return new Error(
      `byte ${this.#startsAt + at} of its JSON, after vendor ${this.#vendors + found}, is not the expected one`,
    );
  }

  /** Parses vendors together, which takes half the time of parsing them one by one. */
  #parse(bytes: Uint8Array, starts: readonly number[], ends: readonly number[]): void {
    if (ends.length === 0) return;
    let vendors: Vendor[];
    try {
      vendors = JSON.parse(`[${textOf(bytes.subarray(starts[0], ends.at(-1)))}]`);
    } catch (error) {
      throw this.#faultOf(bytes, starts, ends) ?? error;
    }
    this.#vendors += vendors.length;
    this.#visitor.vendors?.(vendors);
  }

  /** The fault of the first vendor that is not JSON. */
  #faultOf(bytes: Uint8Array, starts: readonly number[], ends: readonly number[]): Error | undefined {
    for (const [at, end] of ends.entries()) {
      const start = starts[at] as number;
      try {
        JSON.parse(textOf(bytes.subarray(start, end)));
      } catch (error) {
        const place = `vendor ${this.#vendors + at + 1}, bytes ${this.#startsAt + start} to ${this.#startsAt + end}`;
        return new Error(`${place}, is not JSON: ${(error as Error).message}`);
      }
    }
    return undefined;
  }
}

function endsWithKey(bytes: Uint8Array, at: number): boolean {
  return textOf(bytes.subarray(Math.max(0, at - LIST_KEY.length), at)) === LIST_KEY;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
