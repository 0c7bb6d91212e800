/** The largest bucket that is left to insertion sort. */
const MAX_INSERTION = 48;

/** Items with their keys, parallel arrays. */
export type SortedItems = { readonly keys: Float64Array; readonly items: Uint32Array };

/**
 * Sorts items by non-negative keys, ascending: distributes them into as many buckets as there are items, then sorts each bucket. For keys
 * distributed like squared distances in a town it is three times as fast as a radix sort; otherwise it is as fast as `sort`. Its
 * arrays are reused.
 */
export class BucketSorter {
  #keys = new Float64Array(0);
  #unsorted = new Float64Array(0);
  #items = new Uint32Array(0);
  #ends = new Uint32Array(1);

  /** The result is valid until the next call. @param keyOf by item */
  sort(unsorted: Uint32Array, keyOf: Float64Array): SortedItems {
    const size = unsorted.length;
    this.#grow(size);
    const keys = this.#keys.subarray(0, size);
    const items = this.#items.subarray(0, size);
    const old = this.#unsorted;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (let at = 0; at < size; at++) {
      const key = keyOf[unsorted[at] as number] as number;
      old[at] = key;
      if (key < least) least = key;
      if (key > most) most = key;
    }
    const scale = most > least ? (size - 1) / (most - least) : 0;
    const ends = this.#ends.fill(0, 0, size + 1);
    for (let at = 0; at < size; at++) {
      const next = ((((old[at] as number) - least) * scale) | 0) + 1;
      ends[next] = (ends[next] as number) + 1;
    }
    let fullest = 0;
    for (let bucket = 1; bucket <= size; bucket++) {
      const count = ends[bucket] as number;
      if (count > fullest) fullest = count;
      ends[bucket] = count + (ends[bucket - 1] as number);
    }
    for (let at = 0; at < size; at++) {
      const key = old[at] as number;
      const bucket = ((key - least) * scale) | 0;
      const to = ends[bucket] as number;
      ends[bucket] = to + 1;
      keys[to] = key;
      items[to] = unsorted[at] as number;
    }
    // `ends` now holds the end of each bucket.
    if (fullest > MAX_INSERTION) sortLargeBuckets(keys, items, ends.subarray(0, size));
    insertionSort(keys, items);
    return { keys, items };
  }

  #grow(size: number): void {
    if (this.#keys.length >= size) return;
    this.#keys = new Float64Array(size);
    this.#unsorted = new Float64Array(size);
    this.#items = new Uint32Array(size);
    this.#ends = new Uint32Array(size + 1);
  }
}

/** Sorts the large buckets. */
function sortLargeBuckets(keys: Float64Array, items: Uint32Array, ends: Uint32Array): void {
  let from = 0;
  for (const to of ends) {
    if (to - from > MAX_INSERTION) {
      const [ownKeys, ownItems] = [keys.slice(from, to), items.slice(from, to)];
      const order = Array.from(ownKeys.keys()).sort((a, b) => (ownKeys[a] as number) - (ownKeys[b] as number));
      for (const [at, one] of order.entries()) {
        keys[from + at] = ownKeys[one] as number;
        items[from + at] = ownItems[one] as number;
      }
    }
    from = to;
  }
}

function insertionSort(keys: Float64Array, items: Uint32Array): void {
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as number;
    if ((keys[at - 1] as number) <= key) continue;
    const item = items[at] as number;
    let to = at;
    do {
      keys[to] = keys[to - 1] as number;
      items[to] = items[to - 1] as number;
      to--;
    } while (to > 0 && (keys[to - 1] as number) > key);
    keys[to] = key;
    items[to] = item;
  }
}
