import type { Release } from '../../model/release.ts';
import type { Engine } from '../engine.ts';
import { indexFileOf } from './build/index-cache.ts';
import { openIndex } from './engine.ts';

/**
 * Builds a release's index in memory and opens it. A file of its own, because it imports the builder: a bundle that only opens index files
 * imports `engine.ts` and stays without it.
 */
export function openEmbedded(release: Release): Engine {
  const { origin, asOf, sources } = release;
  return openIndex(indexFileOf(release), { origin, asOf, sources });
}
