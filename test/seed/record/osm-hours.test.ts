import fc from 'fast-check';
import OpeningHours from 'opening_hours';
import { describe, expect, it } from 'vitest';
import { stateAt } from '../../../functions/model/hours/open-state.ts';
import { printWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { makeRelease } from '../../../seed/make-release.ts';
import { readOsmHours } from '../../../seed/record/osm-hours.ts';
import type { Table } from '../../../seed/table/table.ts';
import { cityWithPermits } from '../../fixtures/minimal-city.ts';
import { csv, loadedSource } from '../tables.ts';

const weekOf = (text: string, today?: string) => {
  const reading = readOsmHours(text, today);
  return 'unreadable' in reading ? undefined : reading.week;
};

/** A week without holidays in the library's countries, and without a change of clocks in any zone. */
const [MONDAY, NEXT] = [new Date(2024, 0, 8), new Date(2024, 0, 15)];
/** The minutes of the week that the library `opening_hours` has open, by the rules of the specification. */
function openMinutes(text: string, first = MONDAY, end = NEXT): boolean[] {
  const open = Array.from({ length: WEEK }, () => false);
  const midnight = new Date(first.getFullYear(), first.getMonth(), first.getDate() - ((first.getDay() + 6) % 7));
  for (const [from, to] of new OpeningHours(text, null).getOpenIntervals(first, end)) {
    // By the clock: the change to summer time has no minute between 2:00 and 3:00.
    const days = (date: Date) => Math.round((date.getTime() - midnight.getTime()) / 86_400_000 - date.getHours() / 24);
    const minute = (date: Date) => days(date) * 1440 + date.getHours() * 60 + date.getMinutes();
    for (let at = minute(from); at < minute(to); at++) open[at % WEEK] = true;
  }
  return open;
}

function minutesOf(text: string, today?: string): boolean[] {
  const open = Array.from({ length: WEEK }, () => false);
  for (const [start, end] of weekOf(text, today) ?? []) {
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
    ['Apr-Oct: Mo-Fr 10:00-18:00', 'depends on the date'],
    ['2026 Apr-Oct: Mo-Fr 10:00-18:00', 'no rule for a week'],
    ['Apr 15-Oct: 10:00-18:00', 'no rule for a week'],
    ['Dec 26-24 off', 'no rule for a week'],
    ['easter -2 days: 10:00-18:00', 'no rule for a week'],
    ['Apr-Oct sunrise-sunset', 'no rule for a week'],
    ['Apr-Oct', 'no rule for a week'],
    ['summer 10:00-18:00', 'no rule for a week'],
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

/** A Wednesday in the season of all of the texts, and one out of it. */
const [SUMMER, WINTER] = ['2026-07-15', '2026-01-14'];

describe('seasons', () => {
  it.each([
    ['Apr-Oct: Mo-Fr 10:00-18:00', 'Mo-Fr:10AM-6PM', ''],
    ['Apr-Oct Mo-Fr 10:00-18:00; Nov-Mar Mo-Fr 10:00-16:00', 'Mo-Fr:10AM-6PM', 'Mo-Fr:10AM-4PM'],
    ['May 1-Sep 30 08:00-20:00; PH off', 'Mo-Su:8AM-8PM', ''],
    ['may 01 - sep 30: Sa,Su 9:00-12:00', 'Sa/Su:9AM-12PM', ''],
    ['Oct-Apr off; Mo-Fr 10:00-18:00', 'Mo-Fr:10AM-6PM', 'Mo-Fr:10AM-6PM'],
    ['Mo-Fr 10:00-18:00; Oct-Apr off', 'Mo-Fr:10AM-6PM', ''],
    ['24/7; Nov 1-Mar 31 closed "frost"', 'Mo-Su:12AM-12AM', ''],
    ['Mo-Su 06:00-22:00; Jan 14 off', 'Mo-Su:6AM-10PM', 'Mo/Tu:6AM-10PM;Th-Su:6AM-10PM'],
    ['Mo-Su 06:00-22:00; Dec 24-26,Jan 13-15 off', 'Mo-Su:6AM-10PM', 'Mo/Tu:6AM-10PM;Fr-Su:6AM-10PM'],
    ['Jun,Jul,Aug 10:00-18:00', 'Mo-Su:10AM-6PM', ''],
    ['Mar-Nov Mo-Sa 08:00-12:00, Jul We 14:00-16:00', 'Mo/Tu:8AM-12PM;Th-Sa:8AM-12PM;We:8AM-12PM/2PM-4PM', ''],
    ['Jul 10:00-18:00; Jan 12:00-14:00', 'Mo-Su:10AM-6PM', 'Mo-Su:12PM-2PM'],
    ['Nov-Mar: Fr 22:00-02:00; Apr-Oct: Fr 20:00-04:00', 'Fr:8PM-4AM', 'Fr:10PM-2AM'],
  ])('%s', (text, summer, winter) => {
    expect([SUMMER, WINTER].map((day) => printWeek(weekOf(text, day) ?? [[0, 1]]))).toEqual([summer, winter]);
  });

  it('change within the week that begins today', () => {
    const text = 'Apr-Oct: 10:00-18:00; Nov-Mar: 12:00-16:00';
    // 2026-10-29 is a Thursday: November begins on Sunday.
    expect(printWeek(weekOf(text, '2026-10-29') ?? [])).toBe('Mo/Tu/We/Su:12PM-4PM;Th-Sa:10AM-6PM');
    expect(printWeek(weekOf(text, '2026-10-25') ?? [])).toBe('Mo-Su:10AM-6PM');
    expect(printWeek(weekOf(text, '2026-11-01') ?? [])).toBe('Mo-Su:12PM-4PM');
    // A leap day.
    expect(printWeek(weekOf('Feb 29 10:00-11:00', '2028-02-28') ?? [])).toBe('Tu:10AM-11AM');
  });

  it('are read as the library opening_hours reads them, on every day of the year', () => {
    const month = fc.constantFrom('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec');
    const day = fc.integer({ min: 1, max: 28 });
    const dates = fc.oneof(
      month,
      fc.tuple(month, month).map(([from, to]) => (from === to ? from : `${from}-${to}`)),
      fc.tuple(month, day).map((one) => one.join(' ')),
      fc
        .tuple(month, day, month, day)
        .filter(([from, , to]) => from !== to)
        .map(([from, first, to, last]) => `${from} ${first}-${to} ${last}`),
    );
    const days = fc.constantFrom('', 'Mo-Fr ', 'Sa,Su ', 'We ');
    const rule = fc
      .tuple(dates, days, fc.constantFrom('08:00-12:00', '10:00-18:00', '12:00-13:00,20:00-22:00', 'off'))
      .map(([season, weekdays, times]) => `${season}: ${weekdays}${times}`);
    const texts = fc
      .tuple(fc.constantFrom('', 'Mo-Su 09:00-17:00; ', '24/7; '), fc.array(rule, { minLength: 1, maxLength: 3 }))
      .map(([always, rules]) => always + rules.join('; '));
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 364 }), (text, after) => {
        const [first, end] = [new Date(2026, 0, 1 + after), new Date(2026, 0, 8 + after)];
        const today = new Date(Date.UTC(2026, 0, 1 + after)).toISOString().slice(0, 10);
        expect([text, today, minutesOf(text, today)]).toEqual([text, today, openMinutes(text, first, end)]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['Pacific/Kiritimati', 'Mo-Su:12PM-4PM'],
    ['Etc/UTC', 'Mo-Fr:12PM-4PM;Su:12PM-4PM;Sa:10AM-6PM'],
    ['Pacific/Pago_Pago', 'Mo-Fr:12PM-4PM;Su:12PM-4PM;Sa:10AM-6PM'],
  ])('begin on the day of the city’s zone: %s', (zone, hours) => {
    const table = csv('Id,Stall,Open,Latitude,Longitude', '1,Ann,Apr-Oct 10:00-18:00; Nov-Mar 12:00-16:00,40.5,-89.5');
    const { notes, text } = hoursIn(zone, table, '2026-10-31T12:00:00Z');
    expect([text, notes]).toEqual([hours, ['seasonal_hours']]);
  });

  it('have their own words if it is closed in the coming week, and count as known', () => {
    const table = csv('Id,Stall,Open,Latitude,Longitude', '1,Ann,"Apr-Oct ""if dry"" 10:00-18:00",40.5,-89.5');
    const { hours } = hoursIn('Etc/UTC', table, '2026-12-01T12:00:00Z');
    expect(hours).toEqual({ source: 'permit', text: 'Apr-Oct 10:00-18:00', week: [], complete: true });
    expect(hours && stateAt(hours, 700)).toBe('closed');
  });
});

/** The hours of the only row of a table that is read at an instant. */
function hoursIn(zone: string, table: Table, readAt: string) {
  const city = cityWithPermits(
    { columns: { id: 'Id', name: 'Stall', hours: 'Open', lat: 'Latitude', lon: 'Longitude' } },
    { zone, hours: { notation: 'opening-hours' } },
  );
  const sources = { permits: loadedSource('permits', table), schedule: null, areas: null, places: null };
  const { release, results } = makeRelease(city, sources, { origin: 'given', readAt });
  const hours = release.vendors[0]?.branches[0]?.hours;
  return { hours, text: hours?.text, notes: results[0]?.notes.map(({ kind }) => kind) };
}
