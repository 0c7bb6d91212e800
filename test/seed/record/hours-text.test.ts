import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, type Interval, mergeWeek, printWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { readHours } from '../../../seed/record/hours-text.ts';

/** `[day, from hour, to hour]`, the day 0 = Monday. */
const week = (...hours: [number, number, number][]): Interval[] =>
  mergeWeek(hours.map(([day, from, to]) => [day * DAY + from * 60, day * DAY + to * 60]));
const on = (days: number[], from: number, to: number) => days.map((day): [number, number, number] => [day, from, to]);
const MO_FR = [0, 1, 2, 3, 4];
const MO_SA = [...MO_FR, 5];

describe('the permits’ hours', () => {
  it.each([
    ['Mo-Fr:9AM-10AM', week(...on(MO_FR, 9, 10))],
    ['Mo-Fr:9AM-10AM/12PM-1PM', week(...on(MO_FR, 9, 10), ...on(MO_FR, 12, 13))],
    ['Mo-Su:12AM-12AM', [[0, WEEK]]],
    ['Sa-Su:11AM-2PM/1PM-4PM', week(...on([5, 6], 11, 16))],
    ['Mo/We:11AM-4PM', week(...on([0, 2], 11, 16))],
    ['Su/Fr/Sa:12AM-3AM;Th/Fr/Sa:10PM-12AM', week(...on([3, 4, 5], 22, 27))],
    ['Th/Fr/Sa:12PM-3AM', week(...on([3, 4, 5], 12, 27))],
    ['Su:10PM-2AM', [[6 * DAY + 1320, WEEK + 120]]],
    ['We:8AM-8AM', week([2, 8, 32])],
    ['Mo:12PM-1PM', week([0, 12, 13])],
    // Notations that people might use, though the portal does not.
    [' mo-fr : 9am - 10 AM ;', week(...on(MO_FR, 9, 10))],
    ['Mo:11:30AM-2:05PM', [[690, 845]]],
    ['Fr-Mo:6AM-7AM', week(...on([4, 5, 6, 0], 6, 7))],
    ['Mo/Tu/We/Th/Fr/Sa:9AM-10AM', week(...on(MO_SA, 9, 10))],
    ['Tu/Tu:9AM-10AM/1PM-2PM', week(...on([1], 9, 10), ...on([1], 13, 14))],
  ] as [string, Interval[]][])('%s', (text, expected) => {
    expect(readHours(text)).toEqual({ week: expected, complete: true });
  });
});

describe('lists of days that the portal cut off after five are completed', () => {
  it.each([
    ['Mo/Tu/We/Th/Fr:9AM-10AM', MO_SA],
    ['Mo/Mo/Mo/Mo/Mo:6AM-8AM/8AM-9AM', MO_FR, 6, 9],
    ['Mo/Mo/Tu/Tu/We:9AM-10AM', MO_FR],
    ['Su/We/Th/Fr/Sa:9AM-10AM', [6, 2, 3, 4, 5]],
    ['Sa/Sa/Sa/Sa/Sa:9AM-10AM', [5]],
  ] as [string, number[], number?, number?][])('%s', (text, days, from = 9, to = 10) => {
    expect(readHours(text)).toEqual({ week: week(...on(days, from, to)), complete: true });
  });

  it.each([
    ['Su/Mo/Tu/We/Th:9AM-10AM', [6, 0, 1, 2, 3]],
    ['Su/Su/Su/Su/Su:9AM-10AM', [6]],
    ['Tu/Tu/We/We/Th:9AM-10AM', [1, 2, 3]],
  ])('%s may be cut off: the rest is unknown', (text, days) => {
    expect(readHours(text)).toEqual({ week: week(...on(days, 9, 10)), complete: false });
  });
});

describe('a value cut off at 99 characters keeps its complete ranges', () => {
  it.each([
    [
      'Sa/Sa/Sa/Sa/Sa:12AM-1AM;Mo/Mo/Mo/Mo/Mo:6AM-7AM/8AM-9AM;Su/Su/Su/Su/Su:9AM-10AM;Mo/Mo/Mo/Mo/Mo:9AM-1',
      week([5, 0, 1], ...on(MO_FR, 6, 7), ...on(MO_FR, 8, 9), [6, 9, 10]),
    ],
    [
      'Mo/Mo/Mo/Mo/Mo:7AM-8AM/9AM-11AM;Su/Su/Su/Su/Su:9AM-2PM;Sa/Sa/Sa/Sa/Sa:9AM-3PM;Mo/Mo/Mo/Mo/Mo:11AM-1',
      week(...on(MO_FR, 7, 8), ...on(MO_FR, 9, 11), [6, 9, 14], [5, 9, 15]),
    ],
    [
      'Mo/Tu/We/Th/Fr:7AM-8AM;Mo/Mo/Tu/Tu/We:9AM-11AM;Su:9AM-2PM;Sa:9AM-3PM;Mo/Mo/Tu/Tu/We:11AM-1PM;Mo-Fr:',
      week(...on(MO_SA, 7, 8), ...on(MO_FR, 9, 13), [6, 9, 14], [5, 9, 15]),
    ],
  ])('%s', (text, expected) => {
    expect(text.length).toBe(99);
    expect(readHours(text)).toEqual({ week: expected, complete: false });
  });

  it('a cut at any position adds no hours, and the result is incomplete', () => {
    const days = fc.constantFrom('Mo-Fr', 'Mo-Su', 'Sa', 'Tu/Th', 'Su/We/Th/Fr/Sa');
    const hour = fc.constantFrom('9AM', '10AM', '11AM', '12PM', '1PM', '11PM', '12AM');
    const range = fc.tuple(hour, hour).map(([from, to]) => `${from}-${to}`);
    const segment = fc.tuple(days, fc.array(range, { minLength: 1, maxLength: 3 }));
    const value = fc
      .array(segment, { minLength: 4, maxLength: 12 })
      .map((segments) => segments.map(([list, ranges]) => `${list}:${ranges.join('/')}`).join(';'));
    fc.assert(
      fc.property(value, (text) => {
        fc.pre(text.length > 99);
        const [whole, cut] = [readHours(text), readHours(text.slice(0, 99))];
        if ('unreadable' in whole || 'unreadable' in cut) throw new Error(`not read: ${text}`);
        expect(cut.complete).toBe(false);
        expect(mergeWeek([...whole.week, ...cut.week])).toEqual(whole.week);
      }),
      { numRuns: 300 },
    );
  });
});

describe('other texts are refused with a reason', () => {
  it.each([
    '',
    'call for hours',
    'Mo-Fr',
    'Mo-Fr:',
    'Mo-Fr:9AM-1',
    'Mo-Fr:9-10AM',
    'Mo-Fr:13PM-2PM',
    'Mo-Fr:0AM-2PM',
    'Mo-Fr:9AM',
    'Mo-Fr:9AM-10AM-11AM',
    'Mo-Fr-Sa:9AM-10AM',
    'Mo,Tu:9AM-10AM',
    'Xx:9AM-10AM',
    'Mo-Fr:9AM-10AM;;Sa:9AM-10AM',
    'Mo-Fr:9AM-10AM//1PM-2PM',
    'Mo-Fr:9:60AM-10AM',
    'x'.repeat(120),
    `Mo-Fr:9AM-10AM;${'see the website for all other days and hours '.repeat(3)}`,
  ])('%s', (text) => {
    expect(readHours(text)).toEqual({ unreadable: expect.stringMatching(/\w{2} \w+/) });
  });

  it('reading never throws, and the result can be printed and read again', () => {
    const piece = fc.constantFrom('Mo', 'Fr', 'Su', '-', '/', ':', ';', '9AM', '12AM', '1', 'PM', ' ', '30', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const reading = readHours(pieces.join(''));
        if ('unreadable' in reading) return;
        expect(readHours(printWeek(reading.week))).toEqual({ week: reading.week, complete: true });
      }),
      { numRuns: 2000 },
    );
  });
});
