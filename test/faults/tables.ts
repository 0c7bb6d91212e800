import { mkdirSync, writeFileSync } from 'node:fs';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { run } from '../fixtures/server-process.ts';

const HEADER = 'locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude';

/** A permits table with this number of taco vendors, one place each: its number of vendors tells which table an answer is from. */
export function permitsTable(vendors: number): string {
  const rows = Array.from(
    { length: vendors },
    (_, at) => `${at},Vendor ${at},Tacos,APPROVED,20240829,${(37.7 + at / 1e5).toFixed(5)},-122.41`,
  );
  return [HEADER, ...rows, ''].join('\n');
}

/** Publishes a table of this number of vendors into a data directory, with the loader's own command. @throws Error if it fails */
export async function seedTable(dataDirectory: string, vendors: number, ...more: string[]): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true });
  const table = `${dataDirectory}/permits-${vendors}.csv`;
  writeFileSync(table, permitsTable(vendors));
  const source = ['--data-dir', dataDirectory, '--quiet', '--source', `permits=${table}`];
  const { code, stderr } = await run('seed', [...source, ...more]);
  if (code !== 0) throw new Error(`seed ended with ${code}: ${stderr}`);
}

/** The number of taco vendors that a server finds, and where its data is from. */
export async function served(url: string): Promise<{ hits: number; origin: string; version: string }> {
  const response = await fetch(`${url}/search?q=tacos&limit=1`);
  const { hits, meta } = (await response.json()) as SearchResponse;
  return { hits, origin: meta.origin, version: meta.data_version };
}
