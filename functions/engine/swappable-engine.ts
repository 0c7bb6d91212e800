import type { Engine } from './engine.ts';

/**
 * Holds an engine that can be replaced while requests run. A request calls `current` once and keeps the result, so that an answer
 * never mixes two releases.
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
