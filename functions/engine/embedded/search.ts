import type { Release } from '../../model/release.ts';
import type { Engine } from '../engine.ts';
import { IndexBuilder } from './build.ts';
import { openIndex } from './open.ts';

/** The index file of a release: the same content gives the same bytes. */
export function buildIndex({ vendors, origin, asOf, sources, ...content }: Release): Uint8Array<ArrayBuffer> {
  const builder = new IndexBuilder(content);
  for (const vendor of vendors) builder.add(vendor);
  return new Uint8Array(builder.finish());
}

/** Searches a release in this process: its index is built and opened in memory. */
export function openEmbedded(release: Release): Engine {
  const { origin, asOf, sources } = release;
  return openIndex(buildIndex(release), { origin, asOf, sources });
}
