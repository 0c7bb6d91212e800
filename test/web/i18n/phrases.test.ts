import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayGroups } from '../../../functions/model/hours/day-groups.ts';
import { minutesLeft } from '../../../functions/model/hours/open-state.ts';
import { type Interval, mergeWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { poses } from '../../../web/map/spread-markers.ts';
import { directions, webLink } from '../../../web/view/links.ts';
import { english } from '../english.ts';

const us = english('en-US');
const at = (day: number, hour: number) => day * 1440 + hour * 60;

describe('hours in words', () => {
  it.each<[string, Interval[], string[]]>([
    ['lunch on workdays', [0, 1, 2, 3, 4].map((d) => [at(d, 11), at(d, 14)]), ['Mon–Fri 11\u00a0AM–2\u00a0PM']],
    ['two days side by side', [0, 1].map((d) => [at(d, 9), at(d, 10)]), ['Mon, Tue 9\u00a0AM–10\u00a0AM']],
    ['half hours', [[at(2, 7) + 30, at(2, 8)]], ['Wed 7:30\u00a0AM–8\u00a0AM']],
    ['a night belongs to its first day', [[at(6, 22), at(7, 2)]], ['Sun 10\u00a0PM–2\u00a0AM']],
    ['until midnight', [[at(0, 18), at(1, 0)]], ['Mon 6\u00a0PM–12\u00a0AM']],
    ['a whole day', [[at(5, 0), at(6, 0)]], ['Sat all day']],
    ['the whole week', [[0, WEEK]], ['Every day, around the clock']],
    ['every day', [0, 1, 2, 3, 4, 5, 6].map((d) => [at(d, 8), at(d, 20)]), ['Every day 8\u00a0AM–8\u00a0PM']],
    [
      'two stretches',
      [
        [at(3, 6), at(3, 7)],
        [at(3, 9), at(3, 10)],
      ],
      ['Thu 6\u00a0AM–7\u00a0AM, 9\u00a0AM–10\u00a0AM'],
    ],
    [
      'unlike days',
      [
        [at(0, 6), at(0, 7)],
        [at(4, 9), at(4, 10)],
      ],
      ['Mon 6\u00a0AM–7\u00a0AM', 'Fri 9\u00a0AM–10\u00a0AM'],
    ],
  ])('%s', (_name, week, lines) => {
    expect(us.hours(week)).toEqual(lines);
  });

  it('groups hold exactly the minutes of the week, whatever the week is', () => {
    const stretch = fc.tuple(fc.nat(WEEK - 1), fc.integer({ min: 1, max: 3 * 1440 }));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 8 }), fc.nat(WEEK - 1), (stretches, minute) => {
        const week = mergeWeek(stretches.map(([start, length]): Interval => [start, start + length]));
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
  ])('%s: %d metres are %s', (locale, metres, words) => {
    expect(english(locale).distance(metres)).toBe(words);
  });

  it.each([
    ['50 01ST ST', '50 1st St'],
    ['1322 04TH ST', '1322 4th St'],
    ["400 O'FARRELL ST", "400 O'Farrell St"],
    ["1 FISHERMAN'S WHARF", "1 Fisherman's Wharf"],
    ['Assessors Block 4644/Lot008', 'Assessors Block 4644/Lot008'],
    ['', ''],
  ])('%s is written %s', (city, people) => {
    expect(us.street(city)).toBe(people);
  });
});

describe('links of the data', () => {
  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'NA',
    '',
    '/meta',
    '//x',
  ])('%s is no link', (url) => {
    expect(webLink(url)).toBeNull();
  });
  it('the web is', () => {
    expect(webLink('http://example.org/a?b=c&d')).toBe('http://example.org/a?b=c&d');
  });
  it('directions lead to the place', () => {
    const { openStreetMap, google, app } = directions({ lat: 37.5, lon: -122.25 });
    expect(new URL(openStreetMap).searchParams.get('to')).toBe('37.5,-122.25');
    expect(new URL(google).searchParams.get('destination')).toBe('37.5,-122.25');
    expect(app).toBe('geo:37.5,-122.25?q=37.5,-122.25');
  });
});

describe('pins on one corner', () => {
  it('stand apart, however many they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (pins) => {
        const heads = poses(Array.from({ length: pins }, () => ({ lat: 37.5, lon: -122.4 }))).map(
          ({ degrees, reach }) => {
            const angle = (degrees * Math.PI) / 180;
            return [Math.sin(angle) * reach, -Math.cos(angle) * reach] as const;
          },
        );
        for (const [i, [x, y]] of heads.entries())
          for (const [u, v] of heads.slice(i + 1)) expect(Math.hypot(x - u, y - v)).toBeGreaterThan(23);
      }),
    );
  });
  it('leave pins elsewhere alone', () => {
    const standing = poses([
      { lat: 1, lon: 1 },
      { lat: 1, lon: 1.001 },
      { lat: 1, lon: 1 },
    ]);
    expect(standing.map(({ degrees }) => degrees)).toEqual([-24, 0, 24]);
  });
});
