import { createHash } from 'node:crypto';
import { type Release, releaseText } from '../../../functions/model/release.ts';
import { branch, town, vendor } from '../../fixtures/town.ts';

/** A release with this number of branches; its version has the hash of its content, as the loader's have. */
export function releaseOf(branches: number, more: Partial<Release> = {}): Release {
  const places = Array.from({ length: branches }, (_, at) => branch(`place-${at}`, at, at));
  const release = { ...town([vendor('Taco by the Well', ['Tacos'], places)]), ...more };
  const hash = createHash('sha256').update(releaseText(release)).digest('hex').slice(0, 12);
  return { ...release, version: `2026-09-01-${hash}` };
}
