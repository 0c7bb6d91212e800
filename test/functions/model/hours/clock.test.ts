import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  localTime,
  momentAt,
  parseMoment,
  setProcessZone,
  wallLater,
} from '../../../../functions/model/hours/clock.ts';
import { DAY, WEEK } from '../../../../functions/model/hours/week.ts';

const ZONE = 'America/Los_Angeles';
const at = (text: string) => Date.parse(text);
/** `mon 00:00` is 0. */
const minute = (day: number, hours: number, minutes = 0) => day * DAY + hours * 60 + minutes;

describe('the minute of the week', () => {
  it.each([
    ['2026-11-23T08:00Z', minute(0, 0), 'Monday begins at midnight in the city, not in Greenwich'],
    ['2026-11-23T07:59Z', minute(6, 23, 59), 'a minute before, it is still Sunday'],
    ['2026-11-23T08:01:59Z', minute(0, 0, 1), 'seconds do not count'],
    ['2026-07-01T19:15Z', minute(2, 12, 15), 'in summer the city is at UTC-7'],
    ['2026-12-02T20:15Z', minute(2, 12, 15), 'in winter at UTC-8'],
    ['2026-03-08T09:59Z', minute(6, 1, 59), 'the last minute before summer time'],
    ['2026-03-08T10:00Z', minute(6, 3, 0), 'there is no 2:00 that Sunday'],
    ['2026-11-01T08:30Z', minute(6, 1, 30), '1:30 in summer time'],
    ['2026-11-01T09:30Z', minute(6, 1, 30), 'and 1:30 again in winter time'],
  ])('%s is %i: %s', (instant, expected) => {
    expect(momentAt(at(instant), ZONE).minute).toBe(expected);
  });
});

describe('later on the wall clock', () => {
  it.each([
    ['2026-03-07T23:00-08:00', 240, '2026-03-08T03:00-07:00', 'across the skipped hour: 4 h on the clock, 3 h elapsed'],
    ['2026-03-07T23:00-08:00', 210, '2026-03-08T03:30-07:00', '2:30 does not exist and becomes 3:30'],
    ['2026-10-31T23:00-07:00', 180, '2026-11-01T02:00-08:00', 'across the repeated hour'],
    ['2026-10-31T23:00-07:00', 150, '2026-11-01T01:30-07:00', 'the first 1:30 of two'],
    ['2026-11-21T14:20-08:00', 40, '2026-11-21T15:00-08:00', 'on any other day'],
  ])('%s + %i min is %s: %s', (from, minutes, expected) => {
    const later = wallLater(momentAt(at(from), ZONE), minutes, ZONE);
    expect(localTime(later, ZONE)).toBe(expected);
  });

  it('adds the minutes to the minute of the week in every zone, unless the clock skips that time', () => {
    const zones = fc.constantFrom(
      ZONE,
      'America/Vancouver',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
      'Africa/Casablanca',
    );
    const instants = fc.integer({ min: at('2020-01-01T00:00Z') / 60_000, max: at('2030-01-01T00:00Z') / 60_000 });
    fc.assert(
      fc.property(zones, instants, fc.nat({ max: WEEK }), (zone, minutesSince1970, more) => {
        const moment = momentAt(minutesSince1970 * 60_000, zone);
        const later = momentAt(wallLater(moment, more, zone), zone);
        const off = (later.minute - moment.minute - more) % WEEK;
        // Clock changes of one hour, and of half an hour on Lord Howe.
        expect([0, 30, 60, 30 - WEEK, 60 - WEEK]).toContain(off + 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseMoment', () => {
  const now = at('2026-11-21T10:00:00-08:00');
  it.each([
    ['2026-09-22T12:15-07:00', '2026-09-22T12:15-07:00'],
    ['2026-09-22T12:15:30.123-07:00', '2026-09-22T12:15-07:00'],
    ['2026-09-22T19:15Z', '2026-09-22T12:15-07:00'],
    ['2026-09-22T19:15:00z', '2026-09-22T12:15-07:00'],
    // A plus in a URL is decoded to a blank.
    ['2026-09-22T21:15 02:00', '2026-09-22T12:15-07:00'],
    ['2026-09-23T00:45+0530', '2026-09-22T12:15-07:00'],
    ['2026-09-22T12:15', '2026-09-22T12:15-07:00'],
    ['2026-09-22 12:15', '2026-09-22T12:15-07:00'],
    ['1790104500', '2026-09-22T12:15-07:00'],
    ['wed12:15', '2026-11-25T12:15-08:00'],
    ['Wednesday 12:15', '2026-11-25T12:15-08:00'],
    ['sat10:00', '2026-11-21T10:00-08:00'],
    ['sat09:59', '2026-11-28T09:59-08:00'],
    ['mon0:00', '2026-11-23T00:00-08:00'],
    ['2026-03-08T02:30', '2026-03-08T03:30-07:00'],
    ['2026-11-01T01:30', '2026-11-01T01:30-07:00'],
    ['2028-02-29T23:59', '2028-02-29T23:59-08:00'],
  ])('%s', (text, expected) => {
    const moment = parseMoment(text, { zone: ZONE, now });
    expect(moment && localTime(moment.instant, ZONE)).toBe(expected);
    expect(moment && momentAt(moment.instant, ZONE)).toEqual(moment);
  });

  it.each([
    '',
    'now',
    'noon',
    'wed',
    'wed25:00',
    'wed12:60',
    'we12:15',
    'wednesdays12:15',
    '2026-02-30T12:00',
    '2026-13-01T12:00',
    '2027-02-29T12:00',
    '2026-09-22',
    '2026-09-22T24:00',
    '2026-09-22T12:60',
    '12:15',
    '-1',
    '99999999999999',
    '1e9',
    '\u0661\u0662:\u0661\u0665',
  ])('rejects %j', (text) => {
    expect(parseMoment(text, { zone: ZONE, now })).toBeUndefined();
  });
});

describe('a process that runs in the time zone of its city', () => {
  const before = process.env.TZ;
  afterEach(() => {
    setProcessZone(null);
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it.each(['America/Los_Angeles', 'America/Vancouver', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'])(
    'computes the same for %s as any other process',
    (zone) => {
      const instants = fc.integer({ min: Date.parse('1995-01-01'), max: Date.parse('2037-12-31') });
      fc.assert(
        fc.property(instants, fc.integer({ min: 1, max: WEEK }), (instant, minutes) => {
          const computed = () => {
            const moment = momentAt(instant, zone);
            return [moment, localTime(instant, zone), wallLater(moment, minutes, zone)];
          };
          const elsewhere = computed();
          process.env.TZ = zone;
          setProcessZone(zone);
          expect(computed()).toEqual(elsewhere);
          setProcessZone(null);
        }),
        { numRuns: 300 },
      );
    },
  );
});
