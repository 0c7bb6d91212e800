import { describe, expect, it } from 'vitest';
import type { AuditedRelease } from '../../seed/make-release.ts';
import { limitCell, MAX_CELL } from '../../seed/record/cell-limits.ts';
import { makeReport } from '../../seed/report/report.ts';
import { readTable } from '../../seed/table/read-table.ts';
import { sanFrancisco } from '../fixtures/cities.ts';
import { releaseOf } from './tables.ts';

/** What a broken export or an attacker may repeat in a cell. */
const FILLERS = [
  ' and',
  ' & ',
  ',',
  ', ',
  ';',
  '; ',
  'MO-',
  'Mo-Fr:9AM-5PM;',
  ':',
  '::(',
  '(',
  ')',
  '(:',
  '&',
  '&amp;',
  ' ',
  '\n',
  'a',
  'A',
  'a ',
  'A ',
  'Aa',
  'I, ',
  '0',
  '1',
  '1.',
  '1. a ',
  '1,1 ',
  '-',
  '- a',
  '. ',
  'DBA ',
  'dba',
  'd/b/a (',
  '"',
  '"a',
  '“',
  "'",
  "a'",
  'a-',
  'a.',
  'a&',
  '\u0301',
  '\u0316\u0301',
  'e\u0301',
  '🌮',
  '饺子',
  '\u200d',
  '\u009d',
  '\u001b[',
  '[',
  '{"a":',
  'POINT ',
  'block ',
  'block lot ',
  'any ',
  'everything but ',
  'no ',
  '(no ',
  'not included ',
  'without ',
  'HotDogs',
  'hotdogs',
  'tacos ',
  'TACOS ',
  'tacos and burritos ',
  'chips & soda: ',
  'Cold Truck: ',
  'MFF ',
  'do not approve ',
  'http://a/',
  '2024-01-01 ',
  'Jan 1 2024 ',
  '\ud83c',
] as const;

const PERMIT = {
  locationid: '1',
  Applicant: 'Taco by the Well',
  FacilityType: 'Truck',
  LocationDescription: 'at the corner',
  Address: '1 WELL ST',
  permit: '24MFF-1',
  Status: 'APPROVED',
  FoodItems: 'Tacos',
  Latitude: '37.77',
  Longitude: '-122.41',
  Location: '(37.77, -122.41)',
  Schedule: 'http://example.org/a',
  dayshours: 'Mo-Fr:9AM-5PM',
  Approved: '2024-08-29',
  Received: '20240829',
  ExpirationDate: '2025-11-15',
};
type Column = keyof typeof PERMIT;
const COLUMNS = Object.keys(PERMIT) as Column[];

function loadRows(rows: readonly Readonly<Record<string, string>>[]): AuditedRelease {
  return releaseOf(sanFrancisco, readTable(new TextEncoder().encode(JSON.stringify(rows)), 'permits.json'));
}

function loadCells(column: Column, cells: readonly string[]): AuditedRelease {
  return loadRows(cells.map((cell, at) => ({ ...PERMIT, locationid: String(at), [column]: cell })));
}

function repeated(filler: string, length: number): string {
  return filler.repeat(Math.ceil(length / filler.length)).slice(0, length);
}

/** Milliseconds of CPU time: other processes on the machine do not count. */
function cpuMs(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Four times the text may take this many times as long. Linear work takes 4 times as long, quadratic work 16 times. */
const MAX_GROWTH = 9;
/** Shorter times, in milliseconds, are noise: quadratic work on a full cell took 100 to 300. */
const NOISE_MS = 60;

/** Measures a suspicious cell again: a collection of garbage lasts as long. */
function isSlow(column: Column, filler: string, attempts = 3): boolean {
  const time = (length: number) => cpuMs(() => loadCells(column, [repeated(filler, length)]));
  const whole = median([time(MAX_CELL), time(MAX_CELL), time(MAX_CELL)]);
  if (whole < NOISE_MS) return false;
  const quarter = median([time(MAX_CELL / 4), time(MAX_CELL / 4), time(MAX_CELL / 4)]);
  return whole > quarter * MAX_GROWTH && (attempts === 1 || isSlow(column, filler, attempts - 1));
}

describe('the time to read a cell grows with its length, not with the square', () => {
  it.each(COLUMNS)(
    'in the column %s',
    (column) => {
      expect(FILLERS.filter((filler) => isSlow(column, filler))).toEqual([]);
    },
    120_000,
  );

  it('and 10 MB in one cell take less than 2 s', () => {
    const slow: string[] = [];
    for (const [at, filler] of FILLERS.entries()) {
      // Of the file: half of a surrogate pair is six bytes of JSON.
      const bytes = Buffer.byteLength(JSON.stringify(filler)) - 2;
      const length = Math.floor((10_000_000 * filler.length) / bytes);
      // All fillers in the food, and each of them in one other column.
      for (const column of ['FoodItems', COLUMNS[at % COLUMNS.length] as Column] as const) {
        const time = () => cpuMs(() => loadCells(column, [repeated(filler, length)]));
        const took = Math.min(time(), time());
        if (took > 2_000) slow.push(`${column} ${JSON.stringify(filler)}: ${took} ms`);
      }
    }
    expect(slow).toEqual([]);
  }, 300_000);
});

describe('a cell longer than any real text', () => {
  it('is read up to the limit, and the report names its row and column', () => {
    const loaded = loadCells('FoodItems', ['Tacos', `Burritos: ${repeated('Pupusas: ', 120_000)}`]);
    const { notes } = makeReport(loaded, loaded.warnings, undefined).sources.permits ?? {};
    expect(notes?.long_cell).toEqual([
      expect.objectContaining({
        id: '1',
        line: 2,
        detail: `FoodItems has 120010 characters, and the first ${MAX_CELL} are read`,
      }),
    ]);
    expect(loaded.release.vendors.flatMap(({ items }) => items)).toEqual(['Tacos', 'Burritos', 'Pupusas']);
  });

  it('does not cut a character in half, nor keep a run of marks that would be sorted', () => {
    const taco = '🌮';
    expect(limitCell(`a${repeated(taco, MAX_CELL)}`)).toBe(`a${repeated(taco, MAX_CELL - 2)}`);
    expect(limitCell(`e${repeated('\u0301\u0316', 1_000)}x`)).toBe(`e${repeated('\u0301\u0316', 30)}x`);
    expect(limitCell('Crème brûlée')).toBe('Crème brûlée');
  });
});
