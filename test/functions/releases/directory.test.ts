import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, type Sink } from '../../../functions/engine/engine.ts';
import { RELEASE_FORMAT } from '../../../functions/model/release.ts';
import { PAGE_INDEX_NAME } from '../../../functions/model/site-release.ts';
import {
  pointerStamp,
  readCurrentRelease,
  readDirectoryRelease,
} from '../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { releaseOf } from './release-of.ts';

let directory: string;
let sink: Sink;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-releases-`);
  sink = createDirectorySink(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const [one, two, three, four] = [releaseOf(10), releaseOf(20), releaseOf(30), releaseOf(40)] as const;
const publish = (release: typeof one) => sink.publish(release, { 'quality.json': '{}' });
const current = async () => (await readCurrentRelease(directory))?.release;
const versions = async () => (await readdir(directory)).filter((name) => /^2026-/.test(name)).sort();
const age = async (name: string) => utimes(join(directory, name), new Date(), new Date(Date.now() - 7_200_000));

async function refusal(act: Promise<unknown>): Promise<string> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EngineError);
  return (error as Error).message;
}

describe('publishing', () => {
  it('writes the release, its index, its provenance and the report', async () => {
    expect(await current()).toBeUndefined();
    expect(await sink.current()).toBeUndefined();
    expect(await publish(one)).toBe('published');
    expect(await current()).toEqual(one);
    expect(await sink.current()).toMatchObject({ version: one.version, branches: 10, refused: [] });
    expect((await readdir(join(directory, one.version))).sort()).toEqual([
      expect.stringMatching(PAGE_INDEX_NAME),
      'index.bin',
      'provenance.json',
      'quality.json',
      'release.json',
    ]);
  });

  it('of unchanged content replaces only the provenance', async () => {
    await publish(one);
    const stamp = await pointerStamp(directory);
    const [bytes, pointer] = await Promise.all(
      [`${one.version}/release.json`, 'current.json'].map((name) => readFile(join(directory, name))),
    );
    const again = { ...one, asOf: '2026-09-09', sources: [{ name: 'permits', from: 'other.csv', fetchedAt: 'later' }] };
    expect(await publish(again)).toBe('unchanged');
    expect(await readFile(join(directory, one.version, 'release.json'))).toEqual(bytes);
    expect(await readFile(join(directory, 'current.json'))).toEqual(pointer);
    // Servers compare stamps, so it must change.
    expect(await pointerStamp(directory)).not.toBe(stamp);
    expect(await current()).toEqual(again);
  });

  it('keeps two previous releases, and removes older ones after the grace period', async () => {
    for (const release of [one, two, three, four]) await publish(release);
    expect(await versions()).toHaveLength(4);
    for (const name of await readdir(directory)) await age(name);
    await publish(releaseOf(50));
    expect(await versions()).toEqual([three, four, releaseOf(50)].map(({ version }) => version).sort());
  });

  it('removes what a killed publisher left, and no files of others', async () => {
    for (const name of ['.draft-0123456789ab', '.damaged-0123456789ab', 'notes', '.git']) {
      await mkdir(join(directory, name));
      await age(name);
    }
    await writeFile(join(directory, 'current.json.0123456789ab'), '{"ver');
    await writeFile(join(directory, 'README'), 'mine');
    for (const name of ['current.json.0123456789ab', 'README']) await age(name);
    await mkdir(join(directory, '.draft-ba9876543210'));
    await publish(one);
    expect((await readdir(directory)).sort()).toEqual(
      ['.draft-ba9876543210', '.git', 'README', 'current.json', 'notes', one.version].sort(),
    );
  });

  it('repairs the current release when it is damaged', async () => {
    await publish(one);
    await writeFile(join(directory, one.version, 'release.json'), '{"format":1');
    expect(await publish(one)).toBe('published');
    expect(await current()).toEqual(one);
    expect(await sink.current()).toMatchObject({ version: one.version });
  });

  it('fails with one sentence when the directory cannot be created', async () => {
    await writeFile(join(directory, 'file'), '');
    const nowhere = join(directory, 'file/releases');
    const message = await refusal(createDirectorySink(nowhere).publish(one, {}));
    expect(message).toMatch(new RegExp(`^cannot write releases to ${nowhere}: ENOTDIR`));
  });
});

describe('rolling back', () => {
  it('makes the previous release current, and remembers the refused version until it is published again', async () => {
    for (const release of [one, two, three]) await publish(release);
    expect(await sink.rollback()).toEqual({ version: two.version, branches: 20, refused: [three.version] });
    expect(await current()).toEqual(two);
    expect(await sink.rollback()).toMatchObject({ version: one.version, refused: [two.version, three.version] });
    expect(await current()).toEqual(one);
    expect(await publish(four)).toBe('published');
    expect(await sink.current()).toMatchObject({ version: four.version, refused: [two.version, three.version] });
    expect(await publish(three)).toBe('published');
    expect(await sink.current()).toMatchObject({ version: three.version, refused: [two.version] });
  });

  it('fails without a previous release, and the current release stays', async () => {
    expect(await refusal(sink.rollback())).toBe(`${directory} has no releases`);
    await publish(one);
    expect(await refusal(sink.rollback())).toBe(`${directory} has no release before ${one.version}`);
    expect(await current()).toEqual(one);
  });

  it('skips a damaged release', async () => {
    for (const release of [one, two, three]) await publish(release);
    await writeFile(join(directory, two.version, 'release.json'), '');
    expect(await sink.rollback()).toMatchObject({ version: one.version });
    expect(await current()).toEqual(one);
  });
});

describe('a damaged release is skipped, and the previous one is read', () => {
  const rewrite = async (name: string, change: (text: string) => string) => {
    const path = join(directory, two.version, name);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  it.each<[string, () => Promise<void>, string]>([
    ['cut off', () => rewrite('release.json', (text) => text.slice(0, -10)), 'JSON'],
    ['empty', () => rewrite('release.json', () => ''), 'JSON'],
    ['not an object', () => rewrite('release.json', () => '[]'), 'a release of format undefined'],
    [
      'of another format',
      () => rewrite('release.json', (text) => text.replace(`"format":${RELEASE_FORMAT}`, '"format":99')),
      `it is a release of format 99, and this program reads ${RELEASE_FORMAT}`,
    ],
    [
      'changed by a single character',
      () => rewrite('release.json', (text) => text.replace('Tacos', 'Tacoz')),
      'its content is not the one that was published',
    ],
    ['missing', () => rm(join(directory, two.version, 'release.json')), 'no such file'],
    ['without provenance', () => rm(join(directory, two.version, 'provenance.json')), 'no such file'],
    ['with invalid provenance', () => rewrite('provenance.json', () => '{}'), 'its provenance names no sources'],
  ])('%s', async (_, damage, sentence) => {
    await publish(one);
    await publish(two);
    await damage();
    const { release, warnings } = (await readCurrentRelease(directory)) ?? { release: null, warnings: [] };
    expect(release).toEqual(one);
    expect(warnings).toEqual([
      expect.stringContaining(`the release in ${join(directory, two.version)} cannot be read`),
    ]);
    expect(warnings[0]).toContain(sentence);
    // Publishing still works.
    expect(await publish(three)).toBe('published');
    expect(await current()).toEqual(three);
  });

  it('fails when there is no previous release', async () => {
    await publish(one);
    await rm(join(directory, one.version), { recursive: true });
    expect(await refusal(readCurrentRelease(directory))).toContain(one.version);
  });

  it.each([
    '',
    '{',
    'null',
    '{"version":"../../etc","branches":1,"previous":[],"refused":[]}',
    '{"version":"a","branches":1,"previous":[".."],"refused":[]}',
    '{"version":"a","branches":"many","previous":[],"refused":[]}',
    '{"version":"a","branches":1,"refused":[]}',
  ])('the damaged pointer %j fails without a release, and publishing replaces it', async (text) => {
    await writeFile(join(directory, 'current.json'), text);
    const message = await refusal(readCurrentRelease(directory));
    expect(message).toContain(`${join(directory, 'current.json')} is damaged (`);
    expect(message).toContain('there is no release to fall back to');
    expect(await publish(one)).toBe('published');
    expect(await readCurrentRelease(directory)).toEqual({ release: one, warnings: [] });
  });

  it('rejects a version that leads out of the directory', async () => {
    await publish(one);
    expect(existsSync(join(directory, one.version))).toBe(true);
    const around = `../${directory.split('/').at(-1)}/${one.version}`;
    expect(await refusal(readDirectoryRelease(directory, around))).toBe(`there is no release "${around}"`);
  });
});
