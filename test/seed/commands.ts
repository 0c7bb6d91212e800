import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import { run } from '../fixtures/server-process.ts';

// Created for each test of the importing file.
export let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-seed-`);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

export const seed = (...args: string[]) => run('seed', ['--data-dir', `${directory}/data`, ...args]);
export const current = async () => (await readCurrentRelease(`${directory}/out`))?.release;
/** The error message of a command that must fail: one sentence, no stack. */
export async function failure(...args: string[]): Promise<string> {
  const { code, stderr } = await seed(...args);
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  const [, sentence = ''] = /^curbside: (.*)\n$/s.exec(stderr.slice(stderr.indexOf('curbside: '))) ?? [];
  return sentence;
}

export const HEADER = 'locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude';
export const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `${from + at},Vendor ${at},Tacos,APPROVED,20240829,37.77,-122.${410 + at}`);
export async function permits(count: number, name = 'permits.csv'): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, [HEADER, ...rows(count), ''].join('\n'));
  return `permits=${path}`;
}
export const publish = async (count: number, ...args: string[]) =>
  seed('--source', await permits(count), '--out', `${directory}/out`, ...args);
