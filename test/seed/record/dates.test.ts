import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateColumn, lastDayAt, readDate } from '../../../seed/record/dates.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { PERMITS, snapshot } from '../tables.ts';

describe('a date', () => {
  it.each([
    ['07/07/2022 12:00:00 AM', '2022-07-07'],
    ['04/04/2013 08:44:08 AM', '2013-04-04'],
    ['4/4/2013', '2013-04-04'],
    ['2014-04-04T00:00:00', '2014-04-04'],
    ['2014-04-04T00:00:00.000', '2014-04-04'],
    ['2014-04-04T23:30:00.000Z', '2014-04-04'],
    ['2014-04-04 10:00+02:00', '2014-04-04'],
    ['2017-06-19', '2017-06-19'],
    ['20211209', '2021-12-09'],
    ['Mar 14 2013  3:34PM', '2013-03-14'],
    ['Mar  4 2013 12:34AM', '2013-03-04'],
    ['March 4, 2013', '2013-03-04'],
    [' 20240229 ', '2024-02-29'],
    ['45845', '2025-07-07'],
    ['45845.75', '2025-07-07'],
    ['07-07-2022', '2022-07-07'],
    ['12.31.2022', '2022-12-31'],
  ])('%s is %s', (text, day) => {
    expect(readDate(text)).toBe(day);
  });

  it.each([
    '',
    '0',
    '20230229',
    '2023-02-30',
    '13/01/2022',
    '31/12/2022',
    'Foo 14 2013',
    '2022',
    '20221301',
    'soon',
    '1/1/22',
    '2022-07-07x',
    '07-07/2022',
    '12345',
    '99999',
  ])('%s is not a date', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it('is the same day in every notation', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString();
        const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
        const name = date.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
        for (const text of [
          iso,
          iso.slice(0, 10),
          year + month + day,
          `${month}/${day}/${year} 01:00:00 PM`,
          `${name} ${Number(day)} ${year}  1:00PM`,
        ]) {
          expect(readDate(text), text).toBe(iso.slice(0, 10));
        }
      }),
    );
  });

  it('is accepted up to the latest day anywhere on earth', () => {
    expect(lastDayAt('2026-11-21T09:59:00Z')).toBe('2026-11-21');
    expect(lastDayAt('2026-11-21T10:00:00Z')).toBe('2026-11-22');
    expect(lastDayAt('2026-11-20T20:00:00-08:00')).toBe('2026-11-21');
  });
});

describe('a column of dates', () => {
  const days = (...texts: string[]) => {
    const column = dateColumn(texts);
    return texts.map((text) => column.read(text)?.day);
  };

  it.each<[string, string[], string[]]>([
    ['only ambiguous ones', ['03/04/2025', '05/06/2025'], ['2025-03-04', '2025-05-06']],
    ['one with a month above 12 first', ['03/04/2025', '13/01/2025'], ['2025-04-03', '2025-01-13']],
    ['one with a day above 12 second', ['03/04/2025', '01/13/2025'], ['2025-03-04', '2025-01-13']],
    ['points', ['03.04.2025', '31.12.2025'], ['2025-04-03', '2025-12-31']],
    ['points without evidence', ['03.04.2025'], ['2025-04-03']],
    ['points with the month first', ['03.04.2025', '12.31.2025'], ['2025-03-04', '2025-12-31']],
    ['dashes', ['03-04-2025', '31-12-2025'], ['2025-04-03', '2025-12-31']],
    [
      'both orders, most with the day first',
      ['03/04/2025', '13/01/2025', '14/01/2025', '01/15/2025'],
      ['2025-04-03', '2025-01-13', '2025-01-14', '2025-01-15'],
    ],
    ['a time', ['03/04/2025 12:00:00 AM', '13/01/2025 12:00:00 AM'], ['2025-04-03', '2025-01-13']],
  ])('with %s', (_, texts, expected) => {
    expect(days(...texts)).toEqual(expected);
  });

  it('says so if the values contradict each other, and which ones do', () => {
    const column = dateColumn(['13/01/2025', '14/01/2025', '01/15/2025', '03/04/2025']);
    expect(column.warning).toBe(
      '2 dates can only have the day first and 1 only the month; those that fit both are read with the day first',
    );
    expect(column.read('01/15/2025')).toEqual({ day: '2025-01-15', doubt: 'date_order' });
    expect(column.read('03/04/2025')).toEqual({ day: '2025-04-03', doubt: null });
    expect(dateColumn(['13/01/2025']).warning).toBeNull();
  });

  it('is the same for its values in any order', () => {
    const value = fc.constantFrom('13/01/2025', '01/13/2025', '03/04/2025', '03.04.2025', '2025-01-01', 'soon');
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const { order, warning } = dateColumn(values);
        expect(dateColumn([...values].reverse())).toMatchObject({ order, warning });
      }),
    );
  });
});

it.skipIf(noSharedData)('every date of every snapshot can be read', () => {
  for (const file of PERMITS) {
    for (const { cells } of snapshot(file).rows) {
      for (const column of ['approved', 'received', 'expirationdate', 'noisent']) {
        const text = cells.get(column);
        if (text !== undefined) expect(readDate(text), `${file}: ${text}`).toMatch(/^20\d\d-\d\d-\d\d$/);
      }
    }
  }
});
