import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayGroups } from '../../../functions/model/hours/day-groups.ts';
import { minutesLeft } from '../../../functions/model/hours/open-state.ts';
import { type Interval, mergeWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { localeFormats } from '../../../web/i18n/locale-formats.ts';
import { english } from '../english.ts';

const us = english('en-US');
const at = (day: number, hour: number) => day * 1440 + hour * 60;

describe('hours as text', () => {
  it.each<[string, Interval[], string[]]>([
    ['lunch on workdays', [0, 1, 2, 3, 4].map((d) => [at(d, 11), at(d, 14)]), ['Mon–Fri 11\u00a0AM–2\u00a0PM']],
    ['two consecutive days', [0, 1].map((d) => [at(d, 9), at(d, 10)]), ['Mon, Tue 9\u00a0AM–10\u00a0AM']],
    ['half hours', [[at(2, 7) + 30, at(2, 8)]], ['Wed 7:30\u00a0AM–8\u00a0AM']],
    ['a night is listed on its first day', [[at(6, 22), at(7, 2)]], ['Sun 10\u00a0PM–2\u00a0AM']],
    ['until midnight', [[at(0, 18), at(1, 0)]], ['Mon 6\u00a0PM–12\u00a0AM']],
    ['a whole day', [[at(5, 0), at(6, 0)]], ['Sat all day']],
    ['the whole week', [[0, WEEK]], ['Every day, around the clock']],
    ['every day', [0, 1, 2, 3, 4, 5, 6].map((d) => [at(d, 8), at(d, 20)]), ['Every day 8\u00a0AM–8\u00a0PM']],
    [
      'two intervals',
      [
        [at(3, 6), at(3, 7)],
        [at(3, 9), at(3, 10)],
      ],
      ['Thu 6\u00a0AM–7\u00a0AM, 9\u00a0AM–10\u00a0AM'],
    ],
    [
      'days that differ',
      [
        [at(0, 6), at(0, 7)],
        [at(4, 9), at(4, 10)],
      ],
      ['Mon 6\u00a0AM–7\u00a0AM', 'Fri 9\u00a0AM–10\u00a0AM'],
    ],
  ])('%s', (_name, week, lines) => {
    expect(us.hours(week)).toEqual(lines);
  });

  it('groups of days contain exactly the minutes of any week', () => {
    const interval = fc.tuple(fc.nat(WEEK - 1), fc.integer({ min: 1, max: 3 * 1440 }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), fc.nat(WEEK - 1), (intervals, minute) => {
        const week = mergeWeek(intervals.map(([start, length]): Interval => [start, start + length]));
        const back = dayGroups(week).flatMap(({ days, ranges }) =>
          days.flatMap((day) => ranges.map(([start, end]): Interval => [day * 1440 + start, day * 1440 + end])),
        );
        expect(minutesLeft(back, minute) !== null).toBe(minutesLeft(week, minute) !== null);
        expect(mergeWeek(back)).toEqual(week);
      }),
    );
  });
});

describe('distances and addresses', () => {
  it.each([
    ['en-US', 45, '150 ft'],
    ['en-US', 1609.344, '1 mi'],
    ['en-US', 4000, '2.5 mi'],
    ['en-GB', 4000, '2.5 mi'],
    ['en-CA', 344, '340 m'],
    ['en-CA', 4040, '4 km'],
    ['de', 4150, '4,2 km'],
    ['en-US', 50_000, '31 mi'],
    ['en-CA', 12_345, '12 km'],
  ])('%s: %d metres are %s', (locale, metres, text) => {
    expect(english(locale).distance(metres)).toBe(text);
  });

  it.each([
    ['en-US', 50_300, '31 mi'],
    ['en-US', 1250, '0.78 mi'],
    ['en-US', 145, '480 ft'],
    ['en-CA', 1250, '1.3 km'],
    ['en-CA', 344, '340 m'],
  ])('%s: roughly, %d metres are %s', (locale, metres, text) => {
    expect(english(locale).roughDistance(metres)).toBe(text);
  });

  it.each([
    ['50 01ST ST', '50 1st St'],
    ['1322 04TH ST', '1322 4th St'],
    ["400 O'FARRELL ST", "400 O'Farrell St"],
    ["1 FISHERMAN'S WHARF", "1 Fisherman's Wharf"],
    ['Assessors Block 4644/Lot008', 'Assessors Block 4644/Lot008'],
    ['16TH ST: OWENS ST to 07TH ST (700 - 899)', '16th St: Owens St to 7th St (700 - 899)'],
    ['On the NE corner of 03RD ST', 'On the NE corner of 03RD ST'],
    ['', ''],
  ])('%s is shown as %s', (raw, shown) => {
    expect(us.street(raw)).toBe(shown);
  });
});

describe('a date in a sentence', () => {
  it.each([
    ['en-US', 'November 26, 2026'],
    ['ru-RU', '26 ноября 2026'],
    ['es-MX', '26 de noviembre de 2026'],
    ['zh-CN', '2026年11月26日'],
  ])('in %s does not end with a full stop of its own', (locale, date) => {
    expect(localeFormats(locale).date('2026-11-26').replaceAll('\u00a0', ' ')).toBe(date);
  });
});
