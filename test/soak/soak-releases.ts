import { mkdirSync, writeFileSync } from 'node:fs';
import type { Release } from '../../functions/model/release.ts';
import { readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import { Random } from '../fixtures/random.ts';
import { run } from '../fixtures/server-process.ts';

/** A release whose every vendor has the release's tag in its name, so that a mixed answer shows. */
export type TaggedRelease = { readonly tag: string; readonly vendors: number; readonly release: Release };

/** The directory of a city's releases in a data directory. */
export const releasesOf = (dataDirectory: string) => `${dataDirectory}/releases/san-francisco`;

const FOODS =
  'Tacos,Burritos,Coffee,Hot Dogs,Noodles,Sandwiches,Ice Cream,Curry,Falafel,Tea,Fish Tacos,Vegan Bowls'.split(',');
const HOURS = ['Mo-Fr:10AM-3PM', 'Mo-Su:8AM-8PM', 'Sa-Su:11AM-11PM', ''];

/** Tags are words of their own, and no typo of each other. */
const TAGS = ['Alpha', 'Bravissimo', 'Charleston'];
const SMALLEST = 500;

/** Makes releases with the loader's own command; each has the city's format, index and report. */
export async function makeReleases(folder: string): Promise<TaggedRelease[]> {
  const made: TaggedRelease[] = [];
  for (const [at, tag] of TAGS.entries()) {
    const vendors = SMALLEST + at * 100;
    const dataDirectory = `${folder}/${tag}`;
    mkdirSync(dataDirectory, { recursive: true });
    const table = `${dataDirectory}/permits.csv`;
    writeFileSync(table, tableOf(tag, vendors));
    const { code, stderr } = await run('seed', [
      '--data-dir',
      dataDirectory,
      '--quiet',
      '--source',
      `permits=${table}`,
    ]);
    if (code !== 0) throw new Error(`seed ended with ${code}: ${stderr}`);
    const current = await readCurrentRelease(releasesOf(dataDirectory));
    if (!current) throw new Error(`there is no release in ${dataDirectory}`);
    made.push({ tag, vendors, release: current.release });
  }
  return made;
}

function tableOf(tag: string, vendors: number): string {
  const random = new Random(vendors);
  const rows = Array.from({ length: vendors }, (_, at) => {
    const foods = ['Tacos', random.pick(FOODS), random.pick(FOODS)].join(': ');
    const place = `${(37.71 + random.next() * 0.1).toFixed(5)},${(-122.5 + random.next() * 0.1).toFixed(5)}`;
    return `${at},${tag} Vendor ${at},${foods},${1 + at} MAIN ST,${random.pick(HOURS)},APPROVED,20240829,${place}`;
  });
  return ['locationid,Applicant,FoodItems,Address,dayshours,Status,Received,Latitude,Longitude', ...rows, ''].join(
    '\n',
  );
}
