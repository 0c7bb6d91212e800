import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import { current, directory, seed } from './commands.ts';

const out = () => ['--out', `${directory}/out`];
const HEADER = 'locationid,Applicant,FoodItems,Status,Received,ExpirationDate,Latitude,Longitude';

async function load(...dates: string[]) {
  const path = join(directory, 'dated.csv');
  const rows = dates.map((date, id) => `${id},Vendor ${id},Tacos,APPROVED,${date},37.77,-122.41`);
  await writeFile(path, [HEADER, ...rows, ''].join('\n'));
  await utimes(path, new Date(), new Date('2019-01-01T10:00:00Z'));
  const { code, stdout } = await seed('--source', `permits=${path}`, ...out());
  expect(code).toBe(0);
  const branches = (await current())?.vendors.flatMap((vendor) => vendor.branches) ?? [];
  return { stdout, read: branches.map(({ status, expires }) => [status, expires]) };
}

describe('npm run seed', () => {
  it('decides for each column which number is the month, and says if its values disagree', async () => {
    const { stdout, read } = await load(
      '2025-01-01,13/06/2025',
      '2025-01-01,03/04/2025',
      '2025-01-01,06/14/2025',
      '2025-01-01,15/06/2025',
    );
    expect(read).toEqual([
      ['approved', '2025-06-13'],
      ['approved', '2025-04-03'],
      ['approved', '2025-06-14'],
      ['approved', '2025-06-15'],
    ]);
    expect(stdout).toContain(
      'warning: permits: expires: 2 dates can only have the day first and 1 only the month; those that fit both are read with the day first',
    );
    expect(stdout).toContain('line 4, id 2: Vendor 2 · APPROVED · expires: "06/14/2025" is read as 2025-06-14');
  });

  it('does not take a permit for valid if its end cannot be read, and notes serial numbers of Excel', async () => {
    const { stdout, read } = await load('2025-01-01,soon', '2025-01-01,45845', '2025-01-01,');
    expect(read).toEqual([
      ['unknown', null],
      ['approved', '2025-07-07'],
      ['approved', null],
    ]);
    expect(stdout).toContain('line 2, id 0: Vendor 0 · APPROVED · expires: "soon"');
    expect(stdout).toContain('line 3, id 1: Vendor 1 · APPROVED · expires: "45845" is read as 2025-07-07');
  });

  it('says when data without dates was read, not when its file was changed', async () => {
    const before = new Date().toISOString().slice(0, 10);
    const { stdout } = await load(',', ',');
    const days = [before, new Date().toISOString().slice(0, 10)];
    const { version = '', asOf } = (await current()) ?? {};
    expect(days).toContain(asOf);
    expect(version).toMatch(/^undated-/);
    expect(stdout).toContain(`2 vendors in 2 places, read on ${asOf}`);
    expect(stdout).not.toContain('as of');
  });

  it.skipIf(noSharedData)('reads the invented notations, and no unreadable end is for ever', async () => {
    const { code } = await seed('--source', `permits=${sharedData('cases/dates.csv')}`, ...out());
    expect(code).toBe(0);
    const branches = (await current())?.vendors.flatMap((vendor) => vendor.branches) ?? [];
    const expiry = new Map(branches.map(({ id, status, expires }) => [id, [status, expires]]));
    expect(expiry.get('1009')).toEqual(['approved', '2025-12-31']);
    expect(expiry.get('1010')).toEqual(['approved', '2025-12-31']);
    expect(expiry.get('1013')).toEqual(['approved', '2025-12-31']);
    expect(expiry.get('1015')).toEqual(['approved', '2025-07-07']);
    expect(expiry.get('1026')).toEqual(['unknown', null]);
    expect(expiry.get('1031')).toEqual(['approved', null]);
    expect(expiry.get('1033')).toEqual(['unknown', null]);
  });
});
