import type { Release } from '../../model/release.ts';
import type { Engine } from '../engine.ts';
import { indexFileOf } from './build/index-cache.ts';
import { openIndex } from './engine.ts';

/** Searches a release in this process: its index is built and opened in memory. */
export function openEmbedded(release: Release): Engine {
  const { origin, asOf, sources } = release;
  return openIndex(indexFileOf(release), { origin, asOf, sources });
}
