import type { Engine } from './engine.ts';

/**
 * An engine whose data can be replaced while requests run. A request asks once for the current one and stays with it, so
 * that no answer is made of two releases.
 */
export function swappable(first: Engine): { readonly current: () => Engine; swap(next: Engine): void } {
  let current = first;
  return {
    current: () => current,
    swap(next) {
      current = next;
    },
  };
}
