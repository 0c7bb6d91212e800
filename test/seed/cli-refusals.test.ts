import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILD } from '../fixtures/build-directory.ts';
import { current, directory, failure, HEADER, publish } from './commands.ts';

describe('npm run seed fails with one sentence and exit code 1', () => {
  const given = (content: string | Uint8Array) => async () => {
    await writeFile(join(directory, 'given'), content);
    return ['--source', `permits=${directory}/given`];
  };
  const big = (line: string) => Buffer.from(line.repeat(Math.ceil((100 * 1024 * 1024) / line.length)));
  it.each<[string, () => Promise<string[]>, RegExp]>([
    ['an unknown flag', async () => ['--sorce', 'x'], /^Unknown option '--sorce'. See --help$/],
    [
      'an unknown source',
      async () => ['--source', 'menus=x.csv'],
      /^san-francisco has no source "menus"; it has permits, schedule, areas$/,
    ],
    ['no permits', async () => ['--source', 'schedule=x.csv'], /^a source "permits" is needed/],
    [
      'an unknown city',
      async () => ['--city', 'atlantis'],
      /^there is no city "atlantis": there are [a-z, -]*, and --city PATH reads a file such as \.\/my-city\.json$/,
    ],
    [
      'another city than those of the deployment',
      async () => ['--city', 'vancouver,san-francisco', '--only', 'atlantis'],
      /^--only must be one of --city or CITY \(vancouver, san-francisco\), got "atlantis"$/,
    ],
    ['a city without a sample', async () => ['--city', 'vancouver', '--sample'], /^there is no sample of vancouver/],
    [
      'two kinds of source',
      async () => ['--sample', '--source', 'permits=x.csv'],
      /^--sample and given sources \(--source, SOURCE_…\) contradict each other$/,
    ],
    ['an empty directory name', async () => ['--sample', '--out', ''], /^--out must be a path, got ""$/],
    [
      'no such file',
      async () => ['--source', 'permits=/no/such.csv'],
      /^permits \(\/no\/such.csv\): there is no such file: check the path$/,
    ],
    [
      'an HTML page',
      given('<!DOCTYPE html><title>Sorry</title>'),
      /^permits \(.*given\)(, line 1)?: is an HTML page \("Sorry"\), not data/,
    ],
    ['an empty file', given(''), /^permits \(.*given\): is empty/],
    ['a header without rows', given(`${HEADER}\n`), /^permits \(.*given\): has the columns locationid, .* but no rows/],
    [
      'other columns',
      given('street,trees\nA,3\n'),
      /^permits \(.*given\), line 1: no column for "id" \(tried locationid, objectid\); the source has "street", "trees"$/,
    ],
    [
      'cut-off JSON',
      given('[{"objectid":"1","applicant":"Ann"},{"obj'),
      /^permits \(.*given\), line 1, column \d+: .*cut/,
    ],
    ['a cut-off quote', given(`${HEADER}\n1,"Ann`), /^permits \(.*given\), line 2.*; fetch it again/],
    ['100 MB of one character', given(big('a')), /^permits \(.*given\), line 1: the line is longer than 1 MB/],
    ['100 MB of brackets', given(big('[')), /^permits \(.*given\), line 1, column 65: is nested deeper/],
    ['100 MB of zeros', given(Buffer.alloc(100 * 1024 * 1024)), /^permits \(.*given\): is a binary file/],
    [
      '100 MB of another table',
      given(big('a,b,c\n')),
      /^permits \(.*given\): has more than 4000000 lines, too many for one city's table/,
    ],
  ])('for %s', async (_, prepare, sentence) => {
    await publish(10, '--quiet');
    const before = await current();
    const said = await failure(...(await prepare()), ...(_.includes('directory') ? [] : ['--out', `${directory}/out`]));
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
    expect(await current()).toEqual(before);
  });

  it('for a read-only directory', async () => {
    const readOnly = join(directory, 'read-only');
    await mkdir(readOnly);
    await chmod(readOnly, 0o555);
    await chmod(directory, 0o755);
    const args = [`${BUILD}/seed.js`, '--sample', '--quiet', '--data-dir', readOnly];
    // Root can write to any directory.
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...uid });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^curbside: cannot write releases to .*read-only\/releases\/san-francisco: EACCES: [^\n]*\n$/,
    );
  });
});
