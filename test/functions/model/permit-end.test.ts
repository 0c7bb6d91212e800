import { describe, expect, it } from 'vitest';
import { dateInZone, permitEnd } from '../../../functions/model/permit-end.ts';

const AS_OF = '2024-08-29';

describe('the end of a permit', () => {
  it.each([
    [null, '2026-11-26', 'none'],
    ['2026-11-27', '2026-11-26', 'none'],
    // Its last day.
    ['2026-11-26', '2026-11-26', 'none'],
    ['2026-11-25', '2026-11-26', 'since'],
    // The day of the data: the city still lists it as valid.
    ['2024-08-29', '2026-11-26', 'since'],
    ['2024-08-28', '2026-11-26', 'in-data'],
    // A clock that is behind the data ends nothing.
    ['2024-08-28', '2024-08-01', 'none'],
  ] as const)('%s, on %s, is: %s', (expires, today, end) => {
    expect(permitEnd(expires, { today, asOf: AS_OF, origin: 'live' })).toBe(end);
    expect(permitEnd(expires, { today, asOf: AS_OF, origin: 'sample' })).toBe('none');
  });

  it('a day is the city’s', () => {
    const evening = Date.parse('2026-11-16T07:59:00Z');
    expect(dateInZone(evening, 'America/Los_Angeles')).toBe('2026-11-15');
    expect(dateInZone(evening + 60_000, 'America/Los_Angeles')).toBe('2026-11-16');
    expect(dateInZone(evening, 'Pacific/Auckland')).toBe('2026-11-16');
  });
});
