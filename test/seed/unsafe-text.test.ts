import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasUnsafeCharacters } from '../../functions/model/text/unsafe-characters.ts';
import { current, directory, HEADER, rows, seed } from './commands.ts';

/** Colours, a title, a cleared screen, reversed and hidden text. */
const ATTACK = '\u001b[31m\u001b[2J\u001b]0;title\u0007\u009b5m\u202eevil\u2066\u200b\u00ad';

const isClean = (text: string) => !hasUnsafeCharacters(text.replaceAll('\r\n', '\n'));

it('text of the data reaches neither the terminal nor the release with control characters', async () => {
  const path = join(directory, 'permits.csv');
  const lines = [
    `${HEADER},Note${ATTACK}`,
    ...rows(5).map((row) => `${row},`),
    `9${ATTACK},A${ATTACK}B,Tacos: no ${ATTACK},APPROVED,20240829,37.77,-122.41,`,
    `10,Odd,Tea &#27;[2J &#x202e;,${ATTACK}INV,soon${ATTACK},37.77,-122.41,`,
    `11,Bad${ATTACK},Tea,APPROVED,20240829,${ATTACK},west,`,
    `,No id${ATTACK},Tea,APPROVED,20240829,37.77,-122.41,`,
  ];
  await writeFile(path, lines.join('\n'));
  const { code, stdout, stderr } = await seed('--source', `permits=${path}`, '--out', `${directory}/out`);
  expect([code, isClean(stdout), isClean(stderr)]).toEqual([0, true, true]);
  expect(stdout).toContain(
    'cells with control characters, or with characters that hide or reorder text: these are left out',
  );
  const release = await current();
  for (const file of ['release.json', 'quality.json', 'quality.txt']) {
    const text = readFileSync(`${directory}/out/${release?.version}/${file}`, 'utf8');
    expect(isClean(text), file).toBe(true);
    expect(text, file).not.toMatch(/\\u(?:001b|202e|200b|009b)/i);
  }
  expect(release?.vendors.map(({ name }) => name)).toContain('AevilB');
});

it('an error names what it found without control characters', async () => {
  const path = join(directory, 'permits.csv');
  await writeFile(path, `one${ATTACK},two\n1,2\n`);
  const { code, stderr } = await seed('--source', `permits=${path}`, '--out', `${directory}/out`);
  expect([code, isClean(stderr)]).toEqual([1, true]);
  await writeFile(path, `<html><title>Down${ATTACK}</title></html>`);
  const page = await seed('--source', `permits=${path}`, '--out', `${directory}/out`);
  expect([page.code, isClean(page.stderr)]).toEqual([1, true]);
  expect(page.stderr).toContain('Down\\u{1b}[31m');
});
