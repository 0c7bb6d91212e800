import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { publishFallback } from '../../seed/fallback-release.ts';
import { findCity } from '../../seed/find-city.ts';
import { LoadError } from '../../seed/load-errors.ts';
import { current, directory, failure, publish, seed } from './commands.ts';

const reason = new LoadError('the city is asleep');

describe('npm run seed -- --or-sample, if the live data cannot be loaded', () => {
  // `--refresh off` forbids downloads, so these tests need no network.
  const offline = (...args: string[]) => seed('--or-sample', '--refresh', 'off', '--out', `${directory}/out`, ...args);

  it('publishes the sample if nothing is published, and says why', async () => {
    const { code, stdout } = await offline();
    expect([code, (await current())?.origin]).toEqual([0, 'sample']);
    expect(stdout).toContain('warning: the live data was not loaded: --refresh off');
    expect(stdout).toContain('invented vendors');
    expect(stdout).toMatch(/^published: /m);
  });

  it('keeps what is published', async () => {
    await publish(10);
    const before = await current();
    const { code, stdout } = await offline();
    expect(code).toBe(0);
    expect(stdout).toContain(`unchanged: ${before?.version} (10 branches) stays in ${directory}/out`);
    expect(await current()).toEqual(before);
  });

  it('fails with the reason for a city without a sample', async () => {
    expect(await failure('--or-sample', '--refresh', 'off', '--city', 'vancouver')).toBe(
      '--refresh off forbids downloads',
    );
  });

  it('is not needed to forbid downloads with --refresh off', async () => {
    for (const city of ['vancouver', 'san-francisco']) {
      expect(await failure('--refresh', 'off', '--city', city)).toBe('--refresh off forbids downloads');
    }
  });

  it('does not apply to a source that the operator gave', async () => {
    await writeFile(join(directory, 'none.csv'), '');
    expect(await failure('--or-sample', '--source', `permits=${directory}/none.csv`)).toContain('none.csv');
  });
});

describe('the fallback', () => {
  it('is the stored release if nothing is published, before the sample', async () => {
    await publish(10);
    const stored = await current();
    const said: string[] = [];
    const empty = createDirectorySink(`${directory}/other`);
    const city = findCity('san-francisco');
    const input = { city, sink: empty, place: 'there', sampleDirectory: 'seed/sample', stored };
    expect(await publishFallback(reason, { ...input, say: (line) => said.push(line) })).toBeNull();
    const published = (await readCurrentRelease(`${directory}/other`))?.release;
    expect([published?.vendors, published?.origin]).toEqual([stored?.vendors, 'cached']);
    expect(said.join('\n')).toContain('the city is asleep');
    expect(said.at(-1)).toBe(`published: the saved copy ${stored?.version} in there`);
  });

  it('is never the release of another city', async () => {
    await publish(10);
    const stored = await current();
    const sink = createDirectorySink(`${directory}/other`);
    const input = { sink, place: 'there', sampleDirectory: 'seed/sample', stored, say: () => {} };
    await expect(publishFallback(reason, { ...input, city: findCity('vancouver') })).rejects.toBe(reason);
    expect(await sink.current()).toBeUndefined();
  });
});
