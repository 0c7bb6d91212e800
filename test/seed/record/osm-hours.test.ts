import fc from 'fast-check';
import OpeningHours from 'opening_hours';
import { describe, expect, it } from 'vitest';
import { printWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { readOsmHours } from '../../../seed/record/osm-hours.ts';

const weekOf = (text: string) => {
  const reading = readOsmHours(text);
  return 'unreadable' in reading ? undefined : reading.week;
};

/** A week without holidays in the library's countries, and without a change of clocks in any zone. */
const [MONDAY, NEXT] = [new Date(2024, 0, 8), new Date(2024, 0, 15)];
/** The minutes of the week that the library `opening_hours` has open, by the rules of the specification. */
function openMinutes(text: string): boolean[] {
  const open = Array.from({ length: WEEK }, () => false);
  for (const [from, to] of new OpeningHours(text, null).getOpenIntervals(MONDAY, NEXT)) {
    const minute = (date: Date) => Math.round((date.getTime() - MONDAY.getTime()) / 60_000);
    open.fill(true, minute(from), minute(to));
  }
  return open;
}

function minutesOf(text: string): boolean[] {
  const open = Array.from({ length: WEEK }, () => false);
  for (const [start, end] of weekOf(text) ?? []) {
    for (let at = start; at < end; at++) open[at % WEEK] = true;
  }
  return open;
}

describe('hours in the notation of OpenStreetMap', () => {
  it.each([
    ['Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off', 'Mo-Fr:8AM-6PM;Sa:10AM-2PM'],
    ['24/7', 'Mo-Su:12AM-12AM'],
    ['mo-su 7:30-9:00', 'Mo-Su:7:30AM-9AM'],
    ['Mo-Fr 08:00-12:00,13:00-17:00', 'Mo-Fr:8AM-12PM/1PM-5PM'],
    ['Mo-Fr 08:00-12:00, We 14:00-16:00', 'Mo/Tu/Th/Fr:8AM-12PM;We:8AM-12PM/2PM-4PM'],
    ['Mo-Sa 08:00-18:00; We 10:00-12:00; Th off', 'Mo/Tu/Fr/Sa:8AM-6PM;We:10AM-12PM'],
    ['Fr,Sa 22:00-26:00', 'Fr/Sa:10PM-2AM'],
    ['Fr 22:00-02:00', 'Fr:10PM-2AM'],
    ['Mo-Su,PH 08:00-22:00 "ask inside"', 'Mo-Su:8AM-10PM'],
    ['Fr - Mo 09:00 - 10:00', 'Mo/Fr/Sa/Su:9AM-10AM'],
  ])('%s', (text, week) => {
    const read = weekOf(text);
    expect(read && printWeek(read)).toBe(week);
  });

  it.each([
    ['sunrise-sunset', 'no rule for a week'],
    ['Apr-Oct: Mo-Fr 10:00-18:00', 'no rule for a week'],
    ['Mo[1] 10:00-12:00', 'no rule for a week'],
    ['Mo-Fr 08:00+', 'no rule for a week'],
    ['Mo-Fr 10:00-12:00 || "call us"', 'no rule for a week'],
    ['Mo 12:00-13:00 off', 'no rule for a week'],
    ['week 1-20 Mo 08:00-09:00', 'no rule for a week'],
    ['Mo 25:00-26:00', 'no rule for a week'],
    ['by appointment', 'no rule for a week'],
    ['', 'no hours'],
    ['Mo-Su off', 'no hours'],
    ['PH 10:00-12:00', 'no hours'],
    ['Mo-Su 20:00-02:00; Tu off', 'after midnight'],
  ])('is not guessed: %s', (text, why) => {
    expect(readOsmHours(text)).toEqual({ unreadable: expect.stringContaining(why) });
  });

  it('is read as the library opening_hours reads it, every minute of the week', () => {
    const day = fc.constantFrom('Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su');
    const days = fc
      .array(
        fc.oneof(
          day,
          fc.tuple(day, day).map(([from, to]) => (from === to ? from : `${from}-${to}`)),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((list) => list.join(','));
    const clock = (hours: number, minutes: number) =>
      `${String(hours).padStart(2, '0')}:${minutes === 0 ? '00' : '30'}`;
    const span = fc
      .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 30))
      .map(
        ([from, hours, minutes]) =>
          `${clock(from, minutes)}-${clock(Math.min(24, from + hours), from + hours >= 24 ? 0 : minutes)}`,
      );
    const overnight = fc.integer({ min: 12, max: 23 }).map((from) => `${clock(from, 0)}-${clock((from + 6) % 24, 30)}`);
    const rule = fc.tuple(
      days,
      fc.oneof(
        fc.array(span, { minLength: 1, maxLength: 2 }).map((all) => all.join(',')),
        fc.constant('off'),
      ),
    );
    const texts = fc.oneof(
      fc.array(rule, { minLength: 1, maxLength: 4 }).map((all) => all.map((one) => one.join(' ')).join('; ')),
      fc.tuple(days, overnight).map((one) => one.join(' ')),
      fc.tuple(days, span, days, span).map(([a, b, c, d]) => `${a} ${b}, ${c} ${d}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const own = readOsmHours(text);
        if ('unreadable' in own)
          expect([text, own.unreadable, openMinutes(text).includes(true)]).toEqual([text, 'it has no hours', false]);
        else expect([text, minutesOf(text)]).toEqual([text, openMinutes(text)]);
      }),
      { numRuns: 300 },
    );
  });
});
