/** Selects the `k` items with the highest scores; on a tie, the lowest numbers. A heap with the worst item on top; its array is reused. */
export class TopKHeap {
  #heap = new Uint32Array(64);

  /** The result is valid until the next call. Only its first item has a defined place: it is the worst. */
  best(items: Uint32Array, scores: Float64Array, k: number): Uint32Array {
    if (this.#heap.length < k) this.#heap = new Uint32Array(k);
    const heap = this.#heap;
    const size = Math.min(k, items.length);
    for (let at = 0; at < size; at++) heap[at] = items[at] as number;
    for (let at = (size >>> 1) - 1; at >= 0; at--) sink(heap, size, at, scores);
    let worst = heap[0] as number;
    let least = scores[worst] as number;
    for (let at = size; at < items.length; at++) {
      const item = items[at] as number;
      const score = scores[item] as number;
      if (score < least || (score === least && item > worst)) continue;
      heap[0] = item;
      sink(heap, size, 0, scores);
      worst = heap[0] as number;
      least = scores[worst] as number;
    }
    return heap.subarray(0, size);
  }
}

function sink(heap: Uint32Array, size: number, from: number, scores: Float64Array): void {
  const item = heap[from] as number;
  const score = scores[item] as number;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let below = heap[child] as number;
    let least = scores[below] as number;
    if (child + 1 < size) {
      const other = heap[child + 1] as number;
      const otherScore = scores[other] as number;
      if (otherScore < least || (otherScore === least && other > below)) {
        child++;
        below = other;
        least = otherScore;
      }
    }
    if (score < least || (score === least && item > below)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = item;
}
