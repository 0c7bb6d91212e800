import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { MAX_EVENTS } from '../../../../functions/http/responses/calendar/calendar.ts';
import { instantOfWall, momentAt, offsetAt } from '../../../../functions/model/hours/clock.ts';
import { minutesLeft } from '../../../../functions/model/hours/open-state.ts';
import { DAY, type Interval, mergeWeek, printWeek, WEEK } from '../../../../functions/model/hours/week.ts';
import { zoneChanges } from '../../../../functions/model/hours/zone-changes.ts';
import { hasUnsafeCharacters } from '../../../../functions/model/text/unsafe-characters.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const ZONE = 'America/Chicago';
const HOUR_MS = 3_600_000;

const known = (week: readonly Interval[]) => ({
  hours: { source: 'schedule', text: printWeek(week), week, complete: true } as const,
});

/** The calendar of a vendor with one branch. */
async function calendarOf(week: readonly Interval[], more: Parameters<typeof branch>[3] = {}, asOf = '2026-09-01') {
  const one = vendor('One', ['Tacos; hot, really'], [branch('one-1', 0, 0, { ...known(week), ...more })], {
    id: 'one',
  });
  const response = await appOf(openEmbedded({ ...town([one]), asOf })).request('/trucks/one.ics');
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  return response.text();
}

type Occurrence = {
  start: string;
  end: string;
  /** Duration of a repetition; null if the event has an end of its own, or lasts a day, which is nominal. */
  exactMs: number | null;
};

/** When each event happens by an independent parser: wall times, up to a date. */
function occurrences(text: string, until: string): Occurrence[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  const exceptions = events.filter((event) => event.isRecurrenceException());
  return events
    .filter((event) => !event.isRecurrenceException())
    .flatMap((event) => {
      for (const exception of exceptions) if (exception.uid === event.uid) event.relateException(exception);
      const found: Occurrence[] = [];
      const iterator = event.iterator();
      for (let next = iterator.next(); next && next.toString() < until; next = iterator.next()) {
        const { startDate, endDate, item } = event.getOccurrenceDetails(next);
        const exactMs = item === event && event.duration.days === 0 ? event.duration.toSeconds() * 1000 : null;
        found.push({ start: startDate.toString(), end: endDate.toString(), exactMs });
      }
      return found;
    });
}

function firstEvent(text: string): ICAL.Event {
  const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
  if (!event) throw new Error(`there is no event in ${text}`);
  return new ICAL.Event(event);
}

const instantOf = (wall: string) => instantOfWall(Date.parse(`${wall}Z`), ZONE);

/** An interval of the week in steps of minutes. */
const interval = (step: number, longest: number): fc.Arbitrary<Interval> =>
  fc
    .tuple(fc.integer({ min: 0, max: WEEK / step - 1 }), fc.integer({ min: 1, max: longest / step }))
    .map(([start, length]) => [start * step, (start + length) * step]);
const weeks = fc
  .oneof(
    fc.array(interval(60, DAY), { minLength: 1, maxLength: 8 }),
    fc.array(interval(15, 600), { minLength: 1, maxLength: 8 }),
    fc.array(interval(30, WEEK), { minLength: 1, maxLength: 3 }),
  )
  .map(mergeWeek);

/** Clock changes in Chicago: 2026-11-01 back, 2027-03-14 forward. */
const CHANGES = zoneChanges(ZONE, Date.parse('2026-09-01'), Date.parse('2027-06-01'));

describe('the occurrences of a calendar', () => {
  it('are tested over both clock changes', () => {
    expect(
      CHANGES.map(({ instant, before, after }) => [new Date(instant).toISOString(), before / HOUR_MS, after / HOUR_MS]),
    ).toEqual([
      ['2026-11-01T07:00:00.000Z', -5, -6],
      ['2027-03-14T08:00:00.000Z', -6, -5],
    ]);
  });

  it('match the hours of the week, at every quarter of an hour around both changes', async () => {
    await fc.assert(
      fc.asyncProperty(weeks, fc.constantFrom(...CHANGES), async (week, change) => {
        const asOf = new Date(change.instant - 9 * 24 * HOUR_MS).toISOString().slice(0, 10);
        const text = await calendarOf(week, { expires: null }, asOf);
        const until = new Date(change.instant + 10 * 24 * HOUR_MS).toISOString().slice(0, 19);
        const spans = occurrences(text, until).map(({ start, end }) => [instantOf(start), instantOf(end)] as const);
        const wrong: string[] = [];
        for (let at = change.instant - 30 * HOUR_MS; at < change.instant + 8 * 24 * HOUR_MS; at += HOUR_MS / 4) {
          // Weekly hours cannot distinguish the two passes of a repeated hour.
          if (change.after < change.before && at >= change.instant && at < change.instant + HOUR_MS) continue;
          const open = minutesLeft(week, momentAt(at, ZONE).minute) !== null;
          if (spans.some(([start, end]) => at >= start && at < end) !== open) wrong.push(new Date(at).toISOString());
        }
        expect([printWeek(week), wrong]).toEqual([printWeek(week), []]);
      }),
      { numRuns: 150 },
    );
  });

  it('are the same for a program that repeats exact durations, as RFC 5545 says', async () => {
    await fc.assert(
      fc.asyncProperty(weeks, async (week) => {
        const found = occurrences(await calendarOf(week, { expires: null }), '2027-04-01T00:00:00');
        const wrong = found.filter(
          ({ start, end, exactMs }) => exactMs !== null && instantOf(start) + exactMs !== instantOf(end),
        );
        expect([printWeek(week), wrong]).toEqual([printWeek(week), []]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['overnight', [[5 * DAY + 22 * 60, 6 * DAY + 3 * 60]], ['2026-10-31T22:00:00', '2026-11-01T03:00:00']],
    ['from Sunday to Monday', [[6 * DAY + 22 * 60, 7 * DAY + 120]], ['2026-11-01T22:00:00', '2026-11-02T02:00:00']],
  ] as [string, Interval[], [string, string]][])(
    '%s: end by the clocks on the wall, also on the night of a change',
    async (_name, week, [start, end]) => {
      const found = occurrences(await calendarOf(week), '2026-11-10T00:00:00');
      expect(found).toContainEqual(expect.objectContaining({ start, end }));
    },
  );

  it('always open: every day, all day', async () => {
    const text = await calendarOf([[0, WEEK]]);
    expect(text).toContain('DURATION:P1D\r\nRRULE:FREQ=WEEKLY;UNTIL=20271116T055959Z;BYDAY=MO,TU,WE,TH,FR,SA,SU\r\n');
    expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(1);
  });

  it('begin on or after the data’s own date and end with the permit', async () => {
    const week: Interval[] = [0, 1, 2, 3, 4].map((day) => [day * DAY + 660, day * DAY + 840]);
    const found = occurrences(await calendarOf(week, { expires: '2026-09-08' }), '2030-01-01');
    expect(found.map(({ start }) => start)).toEqual([
      '2026-09-01T11:00:00',
      '2026-09-02T11:00:00',
      '2026-09-03T11:00:00',
      '2026-09-04T11:00:00',
      '2026-09-07T11:00:00',
      '2026-09-08T11:00:00',
    ]);
  });

  it('do not exist for permits that are not in force, have ended, or have unknown hours', async () => {
    const none = { hours: { source: 'none', text: null, week: [], complete: true } } as const;
    for (const more of [{ status: 'requested' }, { expires: '2026-08-31' }, none]) {
      expect(occurrences(await calendarOf([[660, 840]], more), '2030-01-01')).toEqual([]);
    }
    expect(await calendarOf([[660, 840]], { status: 'requested' })).toContain(
      'X-CURBSIDE-WARNING:left out: 1 place without a permit in force\r\n',
    );
  });
});

describe('the text of a calendar', () => {
  it('says what is permitted, not that a truck is there', async () => {
    const text = await calendarOf([[660, 840]]);
    const event = firstEvent(text);
    expect(event.summary).toBe('One (permitted to operate)');
    expect(event.description).toContain('Permitted to operate');
    expect(event.description).toContain('Food: Tacos; hot, really');
    expect(event.location).toBe('1 WELL ST, Oasis');
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toContain('GEO:40;-100');
    expect(lines).toContain('URL:https://town.example/permits/one-1');
    expect(lines).toContain('STATUS:CONFIRMED');
  });

  it('is the same at any time for the same data', async () => {
    const at = async (now: string) => {
      const response = await appOf(undefined, [], now).request('/search?q=burritos&format=ics');
      return [await response.text(), response.headers.get('ETag')];
    };
    expect(await at('2026-09-03T18:20:45Z')).toEqual(await at('2026-11-09T02:11:00Z'));
  });

  it('keeps lines within 75 octets, and preserves any name', async () => {
    // Unsafe characters are left out of every calendar, and have tests of their own.
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
      .filter((text) => !hasUnsafeCharacters(text));
    await fc.assert(
      fc.asyncProperty(name, async (given) => {
        const one = vendor(given, ['x'], [branch('one-1', 0, 0, known([[660, 840]]))], { id: 'one' });
        const text = await (await appOf(openEmbedded(town([one]))).request('/trucks/one.ics')).text();
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const event = firstEvent(text);
        expect(event.summary).toBe(`${given.replace(/[^\P{Cc}\n]/gu, ' ')} (permitted to operate)`);
      }),
      { numRuns: 100 },
    );
  });

  it('is cut at the maximum number of events, and says so', async () => {
    const many = Array.from({ length: 6 }, (_, at) =>
      vendor(
        `v${at}`,
        ['x'],
        Array.from({ length: 200 }, (__, one) => branch(`${at}-${one}`, at, one, known([[660, 840]]))),
        { id: `v${at}` },
      ),
    );
    const text = await (await appOf(openEmbedded(town(many))).request('/search?q=x&format=ics')).text();
    expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(MAX_EVENTS);
    expect(text.replaceAll('\r\n ', '')).toContain('X-CURBSIDE-WARNING:showing 1000 of 1200 weekly events');
  });

  it('has a unique id for each event, the same in every release', async () => {
    const uids = (text: string) => text.match(/^UID:.*$/gm) ?? [];
    const week: Interval[] = [
      [660, 840],
      [DAY + 660, DAY + 900],
    ];
    const [before, after] = [uids(await calendarOf(week)), uids(await calendarOf(week, {}, '2027-01-01'))];
    expect(before).toEqual(after);
    expect(new Set(before).size).toBe(2);
  });
});

describe('clock changes', () => {
  it.each([
    ['America/Chicago', 10],
    ['Africa/Casablanca', 10],
    ['Asia/Tokyo', 0],
    ['Pacific/Chatham', 10],
    ['Australia/Lord_Howe', 10],
  ])('%s: match the offsets before and after them', (zone, atLeast) => {
    const changes = zoneChanges(zone, Date.parse('2025-01-01'), Date.parse('2030-01-01'));
    expect(changes.length).toBeGreaterThanOrEqual(atLeast);
    for (const { instant, before, after } of changes) {
      expect([offsetAt(instant - 60_000, zone), offsetAt(instant, zone)]).toEqual([before, after]);
    }
  });
});
