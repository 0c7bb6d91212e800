import { createHash } from 'node:crypto';
import { type Release, releaseText } from '../../../functions/model/release.ts';
import { branch, town, vendor } from '../../fixtures/town.ts';

/** A release whose version has the hash of its content, as the loader's have. */
export function hashedRelease(name: string, fetchedAt = '2026-09-03T00:00:00Z', branches = 3): Release {
  const places = Array.from({ length: branches }, (_, at) => branch(`${name}-${at}`, at * 10, 0));
  const content = town([vendor(name, ['tacos'], places)]);
  const hash = createHash('sha256').update(releaseText(content)).digest('hex').slice(0, 12);
  return { ...content, version: `2026-09-03-${hash}`, sources: [{ name: 'permits', from: 'permits.csv', fetchedAt }] };
}
