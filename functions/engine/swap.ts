import type { Engine } from './engine.ts';

/**
 * An engine whose data can be replaced while requests run: each call goes to the engine that is current when it
 * begins, so that nobody sees half of one release and half of another.
 */
export function swappable(first: Engine): { readonly engine: Engine; swap(next: Engine): void } {
  let current = first;
  return {
    engine: {
      get name() {
        return current.name;
      },
      search: (query) => current.search(query),
      suggest: (query) => current.suggest(query),
      find: (id) => current.find(id),
      about: () => current.about(),
    },
    swap(next) {
      current = next;
    },
  };
}
