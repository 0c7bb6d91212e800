import { describe, expect, it } from 'vitest';
import { printWeek } from '../../../functions/model/hours/week.ts';
import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { readEnglishHours } from '../../../seed/record/english-hours.ts';
import { cityWithPermits } from '../../fixtures/minimal-city.ts';
import { csv, releaseOf } from '../tables.ts';

/** The week in our notation, or why there is none. */
function read(text: string): string {
  const reading = readEnglishHours(text);
  if ('unreadable' in reading) return `unknown: ${reading.unreadable}`;
  expect(reading.complete).toBe(true);
  return printWeek(reading.week);
}

describe('readEnglishHours', () => {
  it.each([
    ['Monday-Friday 9am-5pm', 'Mo-Fr:9AM-5PM'],
    ['Monday - Friday: 9:00 a.m. to 5:00 p.m.', 'Mo-Fr:9AM-5PM'],
    ['Mon–Sat 11-2, Sun closed', 'Mo-Sa:11AM-2PM'],
    ['Mon-Sat 11-2, closed Sunday', 'Mo-Sa:11AM-2PM'],
    ['M-F 9-5', 'Mo-Fr:9AM-5PM'],
    ['Mon, Wed & Fri 10:30am-1:15pm', 'Mo/We/Fr:10:30AM-1:15PM'],
    ['Mon-Fri 7am-10am, 11am-2pm; Sat 8am-noon', 'Mo-Fr:7AM-10AM/11AM-2PM;Sa:8AM-12PM'],
    ['10am to 6pm Mon thru Friday', 'Mo-Fr:10AM-6PM'],
    ['9am-5pm Mon-Fri, 10am-2pm Sat', 'Mo-Fr:9AM-5PM;Sa:10AM-2PM'],
    ['Open daily 11:00-19:30', 'Mo-Su:11AM-7:30PM'],
    ['Tues. through Thurs. 2-6pm', 'Tu-Th:2PM-6PM'],
    ['Weekdays 7-3', 'Mo-Fr:7AM-3PM'],
    ['weekends 12-12am', 'Sa/Su:12PM-12AM'],
    ['Fri-Sat 10pm-2', 'Fr/Sa:10PM-2AM'],
    ['Fri to Mon 1-4', 'Mo/Fr/Sa/Su:1PM-4PM'],
    ['Sat 10-10', 'Sa:10AM-10PM'],
    ['Sun 2:00-17:00', 'Su:2AM-5PM'],
    ['24 hrs', 'Mo-Su:12AM-12AM'],
    ['Open 24/7', 'Mo-Su:12AM-12AM'],
    ['24 hours Mon-Fri', 'Mo-Fr:12AM-12AM'],
  ])('reads %j', (text, week) => {
    expect(read(text).replace(/\s/g, '')).toBe(week.replace(/\s/g, ''));
  });

  it.each([
    ['', 'no hours are given'],
    ['by appointment', '"by" is not a day or a time'],
    ['Mon-Fri 9am-5pm except holidays', '"except" is not a day or a time'],
    ['MWF 9am-5pm', '"mwf" is not a day or a time'],
    ['9am-5pm', 'it names no days'],
    ['Mon-Fri', 'it names days without times'],
    ['Mon-Fri 9am', 'a time has no end'],
    ['Mon- 9am-5pm', 'a range of days has no end'],
    ['Sat 6-10', 'it does not say whether the times are in the morning or in the evening'],
    ['Fri 9-1am', 'it does not say whether the times are in the morning or in the evening'],
    ['Closed Sunday; Mon-Sat 9am-5pm', 'it does not say which days are closed'],
    ['Sun closed', 'it has no hours'],
    ['Sat 25-26', '"25" is not a day or a time'],
    ['Sat 13pm-14pm', '"13pm" is not a day or a time'],
  ])('does not guess %j', (text, why) => {
    expect(read(text)).toBe(`unknown: ${why}`);
  });

  const weeksOf = (hours: CityFile['hours'], ...lines: string[]) => {
    const city = cityWithPermits({ columns: { name: 'Stall', lat: 'Y', lon: 'X' } }, { hours });
    const { release, results } = releaseOf(city, csv(...lines));
    const weeks = release.vendors.map(({ branches }) => printWeek(branches[0]?.hours.week ?? []));
    return { weeks, unread: results[0]?.notes.filter(({ kind }) => kind === 'unparsed_hours').length };
  };

  it('reads a column for each weekday', () => {
    const columns = { monday: ['Mon', 'Monday'], tuesday: 'Tue', sunday: 'Sun' };
    const read = weeksOf(
      { notation: 'weekday-columns', columns },
      'Stall,Y,X,Monday,Tue,Sun',
      'Anna,40.5,-89.5,9am-5pm,"11-2, 5pm-8pm",closed',
      'Bert,40.6,-89.5,,10:00-14:00,',
      'Cleo,40.6,-89.6,,,',
      'Dora,40.5,-89.6,call us,9-5,',
    );
    expect(read).toEqual({ weeks: ['Mo:9AM-5PM;Tu:11AM-2PM/5PM-8PM', 'Tu:10AM-2PM', '', ''], unread: 1 });
  });

  it('reads columns of opening and closing times, with and without one for days', () => {
    const lines = [
      'Stall,Y,X,From,To,Days',
      'Anna,40.5,-89.5,09:00,17:00,Mon-Fri',
      'Bert,40.6,-89.5,6pm,2am,Sat',
      'Cleo,40.6,-89.6,9am,,Sat',
    ];
    const times = { opens: 'From', closes: 'To' };
    expect(weeksOf({ notation: 'open-close-columns', columns: { ...times, days: 'Days' } }, ...lines)).toEqual({
      weeks: ['Mo-Fr:9AM-5PM', 'Sa:6PM-2AM', ''],
      unread: 1,
    });
    expect(weeksOf({ notation: 'open-close-columns', columns: times }, ...lines).weeks).toEqual([
      'Mo-Su:9AM-5PM',
      'Mo-Su:6PM-2AM',
      '',
    ]);
  });

  it('is the notation "english" of a city’s file, which counts what it cannot read', () => {
    const columns = { name: 'Stall', lat: 'Y', lon: 'X', hours: 'Hours' };
    const city = cityWithPermits({ columns }, { hours: { notation: 'english' } });
    const table = csv(
      'Stall,Y,X,Hours',
      'Anna,40.5,-89.5,Mon-Fri 9am-5pm',
      'Bert,40.6,-89.5,seasonal',
      'Cleo,40.6,-89.6,',
    );
    const { release, results } = releaseOf(city, table);
    const hours = release.vendors.map(({ branches }) => branches[0]?.hours);
    expect(hours.map((one) => [one?.source, one?.week.length])).toEqual([
      ['permit', 5],
      ['none', 0],
      ['none', 0],
    ]);
    expect(results[0]?.notes).toMatchObject([
      { kind: 'unparsed_hours', line: 3, detail: '"seasonal": "seasonal" is not a day or a time' },
    ]);
  });
});
