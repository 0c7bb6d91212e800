import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../fixtures/server-process.ts';
import { isLongForm } from './long-form.ts';

const folder = mkdtempSync(`${tmpdir()}/curbside-cells-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Cells of a hostile or broken table, by length. */
const CELLS: Record<string, (length: number) => string> = {
  'a word that joins': (length) => ' and'.repeat(length / 4),
  'days without hours': (length) => 'MO-'.repeat(length / 3),
  spaces: (length) => `${' '.repeat(length)}x`,
  commas: (length) => ','.repeat(length),
  'names of companies': (length) => 'dba '.repeat(length / 4),
  'open brackets': (length) => '('.repeat(length),
  'HTML entities': (length) => '&amp;'.repeat(length / 5),
  quotes: (length) => "'".repeat(length),
  letters: (length) => 'a'.repeat(length),
  digits: (length) => '1'.repeat(length),
};
const COLUMNS = [
  'Applicant',
  'FoodItems',
  'Address',
  'LocationDescription',
  'dayshours',
  'Status',
  'Received',
  'Latitude',
];

/** An ordinary table takes 0.6 s here (2 busy cores, 2026-11-26). Before the loader was linear, these tables took 20 to 65 s. */
const LIMIT_MS = 6_000;
const LENGTH = 120_000;

describe('a table with a cell of 120 kB in each column', () => {
  const kinds = Object.entries(CELLS);
  it.each(isLongForm ? kinds : kinds.slice(0, 2))(
    'of %s is loaded or refused in time',
    { timeout: 120_000 },
    async (_name, cell) => {
      const good = (at: number) =>
        `${at},Vendor ${at},Tacos,1 MAIN ST,here,Mo-Fr:9AM-5PM,APPROVED,20240829,37.77,-122.41`;
      const rows = COLUMNS.map((column, at) => {
        const cells = good(100 + at).split(',');
        cells[1 + COLUMNS.indexOf(column)] = `"${cell(LENGTH)}"`;
        return cells.join(',');
      });
      const header = `locationid,${COLUMNS.join(',')},Longitude`;
      const table = `${folder}/permits.csv`;
      writeFileSync(table, [header, ...Array.from({ length: 20 }, (_, at) => good(at)), ...rows, ''].join('\n'));
      const began = performance.now();
      const { code, stderr } = await run('seed', [
        '--data-dir',
        `${folder}/data`,
        '--quiet',
        '--force',
        '--source',
        `permits=${table}`,
      ]);
      expect([0, 1], stderr).toContain(code);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(performance.now() - began).toBeLessThan(LIMIT_MS);
    },
  );
});
