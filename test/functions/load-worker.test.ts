import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIndex } from '../../functions/engine/embedded/build/index-builder.ts';
import type { Release } from '../../functions/model/release.ts';
import { findCity } from '../../seed/find-city.ts';
import { sampleSources } from '../../seed/initial-release.ts';
import { type LoadInput, load } from '../../seed/load.ts';
import { LoadError } from '../../seed/load-errors.ts';
import { loadInWorker } from '../../seed/load-in-worker.ts';
import { makeReport } from '../../seed/report/report.ts';
import { BUILD } from '../fixtures/build-directory.ts';

const script = pathToFileURL(`${BUILD}/load-worker.js`);
const city = findCity('san-francisco');
const SAMPLE: LoadInput = { city, sources: sampleSources(city, 'seed/sample'), origin: 'given', options: {} };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-thread-`);
});
afterAll(() => rm(directory, { recursive: true }));

const indices = new Map<Release, Uint8Array>();
const loadThere = (input: LoadInput) =>
  loadInWorker({ script, cacheIndexFile: (release, index) => indices.set(release, index) }, input);
async function permits(name: string, rows: readonly string[]): Promise<LoadInput> {
  const path = `${directory}/${name}.csv`;
  await writeFile(path, ['locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude', ...rows, ''].join('\n'));
  return { ...SAMPLE, sources: new Map([['permits', path]]) };
}
const row = (id: number | string, at = 0) => `${id},Vendor ${id},Tacos,APPROVED,20240829,37.77,-122.${410_000 + at}`;

describe('loadInWorker', () => {
  it('has the same result as load: release, report and index', async () => {
    const [there, here] = await Promise.all([loadThere(SAMPLE), load(SAMPLE)]);
    expect(there.release).toEqual(here.release);
    expect(makeReport(there, there.warnings, undefined)).toEqual(makeReport(here, here.warnings, undefined));
    expect(Buffer.compare(indices.get(there.release) ?? Buffer.of(), buildIndex(here.release))).toBe(0);
  });

  it('reports the same progress as load', async () => {
    const phases = async (act: typeof load) => {
      const said: string[] = [];
      await act({ ...SAMPLE, options: { progress: ({ phase, source }) => said.push(`${phase} ${source}`) } });
      return new Set(said);
    };
    const there = await phases(loadThere);
    expect(there.size).toBeGreaterThan(1);
    expect(there).toEqual(await phases(load));
  });

  it.each([
    ['a file that is not a table', () => permits('none', ['"'])],
    [
      'a column that is missing',
      async () => ({ ...SAMPLE, sources: new Map([['permits', 'seed/sample/schedule.csv']]) }),
    ],
    [
      'a file that is not there',
      async () => ({ ...SAMPLE, sources: new Map([['permits', `${directory}/nowhere.csv`]]) }),
    ],
    [
      'a source that the city does not have',
      async () => ({ ...SAMPLE, sources: new Map([['menus', 'package.json']]) }),
    ],
  ])('fails for %s with the same error as load', async (_, make) => {
    const input = await make();
    const { message } = await load(input).then(
      () => new Error('it was loaded'),
      (error: Error) => error,
    );
    await expect(loadThere(input)).rejects.toThrow(new LoadError(message));
  });

  it('keeps the event loop free while it reads, builds and transfers', async () => {
    const input = await permits(
      'many',
      Array.from({ length: 5_000 }, (_, at) => row(at, at)),
    );
    const turnsDuring = async (act: typeof load) => {
      let isDone = false;
      let turns = 0;
      const turn = () => {
        turns += 1;
        if (!isDone) setImmediate(turn);
      };
      setImmediate(turn);
      const { release } = await act(input);
      isDone = true;
      expect(release.vendors).toHaveLength(5_000);
      return turns;
    };
    // With load, everything between reading the file and the result is one turn.
    expect(await turnsDuring(loadThere)).toBeGreaterThan(4 * (await turnsDuring(load)));
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const progress = () => stop.abort();
    await expect(loadThere({ ...SAMPLE, options: { signal: stop.signal, progress } })).rejects.toThrow(
      'the load was stopped',
    );
    await expect(loadThere({ ...SAMPLE, options: { signal: stop.signal } })).rejects.toThrow(/abort/);
  });
});
