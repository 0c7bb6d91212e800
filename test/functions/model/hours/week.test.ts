import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesLeft } from '../../../../functions/model/hours/open-state.ts';
import { CUT_LENGTH, DAY, type Interval, mergeWeek, printWeek, WEEK } from '../../../../functions/model/hours/week.ts';
import { readHours } from '../../../../seed/record/hours-text.ts';

const interval = (step: number, longest: number): fc.Arbitrary<Interval> =>
  fc
    .tuple(fc.integer({ min: 0, max: WEEK / step - 1 }), fc.integer({ min: 1, max: longest / step }))
    .map(([start, length]) => [start * step, (start + length) * step]);

/** Weeks as they occur (whole hours of a day), weeks to the minute, and weeks with intervals of several days. */
const weeks = fc.oneof(
  fc.array(interval(60, DAY), { maxLength: 12 }),
  fc.array(interval(60, 600), { minLength: 10, maxLength: 40 }),
  fc.array(interval(1, 400), { maxLength: 12 }),
  fc.array(interval(1, WEEK), { maxLength: 4 }),
);

/** One flag per minute: the meaning of a week, without the arithmetic under test. */
function minutesOf(week: readonly Interval[]): Uint8Array {
  const open = new Uint8Array(WEEK);
  for (const [start, end] of week) for (let minute = start; minute < end; minute++) open[minute % WEEK] = 1;
  return open;
}

describe('mergeWeek', () => {
  it('keeps exactly the same minutes in one form: sorted, disjoint, joined across the end of the week', () => {
    fc.assert(
      fc.property(weeks, fc.integer({ min: 0, max: WEEK - 1 }), (week, minute) => {
        const merged = mergeWeek(week);
        expect(Buffer.compare(minutesOf(merged), minutesOf(week))).toBe(0);
        expect(minutesLeft(merged, minute) !== null).toBe(minutesOf(week)[minute] === 1);
        for (const [index, [start]] of merged.entries()) {
          expect(start).toBeGreaterThan(index === 0 ? -1 : (merged[index - 1]?.[1] ?? 0));
        }
        const [first, last] = [merged[0], merged.at(-1)];
        if (first && last && merged.length > 1) expect(last[1] - WEEK).toBeLessThan(first[0]);
        expect(mergeWeek([...week].reverse())).toEqual(merged);
      }),
      { numRuns: 200 },
    );
  });

  it.each([[[-1, 5]], [[WEEK, WEEK + 1]], [[5, 5]], [[0, WEEK + 1]], [[Number.NaN, 4]]] as [Interval][])(
    'rejects %j',
    (interval) => {
      expect(() => mergeWeek([interval])).toThrow(RangeError);
    },
  );
});

describe('printWeek', () => {
  it.each([
    ['', []],
    ['Mo-Fr:11AM-2PM', [0, 1, 2, 3, 4].map((day) => [day * DAY + 660, day * DAY + 840])],
    ['Mo:11:30AM-12:05PM', [[690, 725]]],
    ['Fr:10PM-3AM', [[4 * DAY + 1320, 5 * DAY + 180]]],
    ['Su:10PM-2AM', [[6 * DAY + 1320, WEEK + 120]]],
    ['Mo:6PM-12AM', [[1080, DAY]]],
    ['We:8AM-8AM', [[2 * DAY + 480, 3 * DAY + 480]]],
    ['Mo-Su:12AM-12AM', [[0, WEEK]]],
    ['Mo:8PM-12AM;Tu:12AM-12AM;We:12AM-1AM', [[1200, 2 * DAY + 60]]],
    [
      'Mo/We:9AM-10AM/12PM-1PM',
      [0, 2].flatMap((day) => [
        [day * DAY + 540, day * DAY + 600],
        [day * DAY + 720, day * DAY + 780],
      ]),
    ],
    // Never a list of five days: the portal truncates there, so the parser reads Mo/Tu/We/Th/Fr as six days.
    ['Mo-We:9AM-10AM;Fr-Su:9AM-10AM', [0, 1, 2, 4, 5, 6].map((day) => [day * DAY + 540, day * DAY + 600])],
    ['Mo:9AM-10AM;We/Th/Sa/Su:9AM-10AM', [0, 2, 3, 5, 6].map((day) => [day * DAY + 540, day * DAY + 600])],
  ] as [string, Interval[]][])('%s', (text, week) => {
    expect(printWeek(mergeWeek(week))).toBe(text);
  });

  it('is read back as the same, complete week', () => {
    fc.assert(
      fc.property(weeks, (given) => {
        const week = mergeWeek(given);
        const text = printWeek(week);
        if (week.length === 0) expect(text).toBe('');
        else expect(readHours(text)).toEqual({ week, complete: true });
      }),
      { numRuns: 500 },
    );
  });

  it('is read back if it has exactly the length to which the portal truncates', () => {
    const hourly = fc.uniqueArray(fc.integer({ min: 0, max: 167 }), { minLength: 7, maxLength: 16 });
    const printed = fc
      .sample(hourly, { numRuns: 20_000, seed: 4 })
      .map((hours) => mergeWeek(hours.map((hour) => [hour * 60, hour * 60 + 60])))
      .map((week) => ({ week, text: printWeek(week) }))
      .filter(({ text }) => text.replaceAll(' ', '').length === CUT_LENGTH);
    expect(printed.length).toBeGreaterThan(20);
    for (const { week, text } of printed) expect(readHours(text)).toEqual({ week, complete: true });
  });

  it('uses the notation of the permits: at most four days in a list', () => {
    const day = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
    const time = '(?:1[0-2]|[1-9])(?::[0-5]\\d)?[AP]M';
    const segment = `${day}(?:-${day}|(?:/${day}){0,3}): ?${time}-${time}(?:/${time}-${time})*`;
    const notation = new RegExp(`^(?:${segment}(?:;${segment})*)?$`);
    fc.assert(
      fc.property(weeks, (week) => {
        expect(printWeek(mergeWeek(week))).toMatch(notation);
      }),
      { numRuns: 200 },
    );
  });
});
