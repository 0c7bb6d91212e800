import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { SourceError } from '../../../seed/load-errors.ts';
import type { LoadedSource, SourceOptions } from '../../../seed/source/read-source.ts';
import { type CityRow, type CityServer, startCityServer } from '../city-server.ts';

// Created for each test of the importing file.
export let city: CityServer;
export let directory: string;
export const swift = { backoffMs: 1, retryAfterMaxMs: 5, tries: 3, pageRows: 10 } satisfies SourceOptions;

beforeEach(async () => {
  city = await startCityServer();
  directory = await mkdtemp(join(tmpdir(), 'curbside-source-'));
});
afterEach(async () => {
  await city.stop();
  await rm(directory, { recursive: true });
});

/** `count` rows with ids in the order of their numbers. */
export function numbered(count: number, first = 0): CityRow[] {
  return Array.from({ length: count }, (_, i) => row(first + i));
}
export function row(number: number, more: object = {}): CityRow {
  return {
    id: `row-${number.toFixed(1).padStart(9, '0')}`,
    cells: { objectid: String(number), applicant: `Vendor ${number}`, ...more },
  };
}
export const ids = (read: LoadedSource) => read.table.rows.map(({ cells }) => Number(cells.get('objectid')));
export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
export const list = () => ({ name: 'permits', from: `${city.origin}/resource/abcd-1234.json` });
export const cached = (more: SourceOptions = {}) => ({ ...swift, cacheDirectory: join(directory, 'cache'), ...more });
export const statuses = () => city.requests.map(({ status }) => status);

export async function refusal(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw error ?? new Error('it was read');
}
