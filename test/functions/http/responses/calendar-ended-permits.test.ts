import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

/** Every day from 11 AM to 2 PM, so that the data's own date has an event. */
const WEEK = [0, 1, 2, 3, 4, 5, 6].map((day) => [day * 1440 + 660, day * 1440 + 840] as const);
const HOURS = { source: 'schedule', text: 'Mo-Su:11AM-2PM', week: WEEK, complete: true } as const;

/** The calendar at a time, of a vendor whose permit ends on a day; the data is of 2026-09-01. */
async function calendarAt(now: string, expires: string, { zone = 'UTC', origin = 'given' } = {}): Promise<string> {
  const release = town([vendor('One', ['Tacos'], [branch('one-1', 0, 0, { hours: HOURS, expires })])]);
  const data = { ...release, origin: origin as typeof release.origin, city: { ...release.city, zone } };
  const response = await appOf(openEmbedded(data), [], now).request('/trucks/one.ics');
  return (await response.text()).replaceAll('\r\n ', '');
}

const ENDED = 'X-CURBSIDE-WARNING:the permits of 1 place have ended\\, by data of 2026-09-01';

describe('a calendar and ended permits', () => {
  it.each([
    ['2026-09-03T18:20:45Z', '2026-09-02', 'UTC', false],
    ['2026-09-03T18:20:45Z', '2026-09-03', 'UTC', true],
    // Still the permit's last day in Chicago.
    ['2026-09-04T04:59:00Z', '2026-09-03', 'America/Chicago', true],
    ['2026-09-04T05:00:00Z', '2026-09-03', 'America/Chicago', false],
  ])('at %s, a permit until %s in %s is valid: %s', async (now, expires, zone, isValid) => {
    const text = await calendarAt(now, expires, { zone });
    expect(text.includes(ENDED)).toBe(!isValid);
    // The events end with the permit.
    const lastSecond = zone === 'UTC' ? 'T235959Z' : `T045959Z`;
    expect(text).toMatch(new RegExp(`UNTIL=\\d{8}${lastSecond}`));
  });

  it('the invented permits of the sample do not end', async () => {
    const text = await calendarAt('2030-01-01T12:00:00Z', '2026-09-02', { origin: 'sample' });
    expect([text.includes('BEGIN:VEVENT'), text.includes('have ended')]).toEqual([true, false]);
  });
});
