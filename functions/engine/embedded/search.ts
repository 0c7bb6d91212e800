import type { Release } from '../../model/release.ts';
import type { Engine } from '../engine.ts';
import { indexOf } from './built.ts';
import { openIndex } from './open.ts';

/** Searches a release in this process: its index is built and opened in memory. */
export function openEmbedded(release: Release): Engine {
  const { origin, asOf, sources } = release;
  return openIndex(indexOf(release), { origin, asOf, sources });
}
