import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { run } from '../../fixtures/server-process.ts';

// Created for all tests of the importing file.
export let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'curbside-city-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

export const city = (...args: string[]) => run('city', ['--data-dir', `${directory}/data`, ...args]);
export const tried = (from: string, name: string, ...more: string[]) =>
  city('try', from, '--yes', '--no-serve', '--out', `${directory}/${name}.json`, ...more);
export const written = async (name: string) =>
  JSON.parse(await readFile(`${directory}/${name}.json`, 'utf8')) as CityFile;
/** What a command that must fail says: one sentence, no stack. */
export async function failure(...args: string[]): Promise<string> {
  const { code, stderr } = await city(...args);
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr.slice(stderr.indexOf('curbside: ') + 'curbside: '.length).trimEnd();
}
export async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(directory, name), content);
  return join(directory, name);
}
