import { describe, expect, it } from 'vitest';
import { minutesLeft, minutesToOpen, stateAt } from '../../../../functions/model/hours/open-state.ts';
import { DAY, type Interval, mergeWeek, WEEK } from '../../../../functions/model/hours/week.ts';
import type { BranchHours } from '../../../../functions/model/vendor.ts';

const hours = (week: readonly Interval[], more: Partial<BranchHours> = {}): BranchHours => ({
  source: 'schedule',
  text: '',
  week,
  complete: true,
  ...more,
});
const SUNDAY_NIGHT = mergeWeek([[6 * DAY + 22 * 60, 7 * DAY + 120]]);
const LUNCH: Interval[] = [[660, 840]];
const ALWAYS: Interval[] = [[0, WEEK]];

describe('stateAt', () => {
  it.each([
    ['lunch', hours(LUNCH), 659, 'closed'],
    ['lunch', hours(LUNCH), 660, 'open'],
    ['lunch', hours(LUNCH), 839, 'open'],
    ['lunch', hours(LUNCH), 840, 'closed'],
    ['Sunday night', hours(SUNDAY_NIGHT), WEEK - 1, 'open'],
    ['Sunday night, Monday', hours(SUNDAY_NIGHT), 0, 'open'],
    ['Sunday night, Monday', hours(SUNDAY_NIGHT), 119, 'open'],
    ['Sunday night, Monday', hours(SUNDAY_NIGHT), 120, 'closed'],
    ['always', hours(ALWAYS), WEEK - 1, 'open'],
    ['cut off, inside', hours(LUNCH, { complete: false }), 700, 'open'],
    ['cut off, outside', hours(LUNCH, { complete: false }), 900, 'unknown'],
    ['unknown hours', hours([], { source: 'none' }), 700, 'unknown'],
    ['known to be never open', hours([]), 700, 'closed'],
  ] as const)('%s at %3$i is %4$s', (_name, branch, minute, expected) => {
    expect(stateAt(branch, minute)).toBe(expected);
  });

  it('with a duration is open only if it stays open for all of it', () => {
    const during = (forMinutes: number) => ({ forMinutes, withinMinutes: 0 });
    expect(stateAt(hours(LUNCH), 780, during(60))).toBe('open');
    expect(stateAt(hours(LUNCH), 781, during(60))).toBe('closed');
    expect(stateAt(hours(LUNCH, { complete: false }), 781, during(60))).toBe('unknown');
    expect(stateAt(hours(SUNDAY_NIGHT), WEEK - 30, during(150))).toBe('open');
    expect(stateAt(hours(ALWAYS), WEEK - 30, during(1440))).toBe('open');
  });

  it.each([
    ['lunch, which begins as the time ends', hours(LUNCH), 600, 60, 'closed'],
    ['lunch, which begins a minute before', hours(LUNCH), 600, 61, 'open'],
    ['lunch, in its last minute', hours(LUNCH), 839, 60, 'open'],
    ['lunch, over', hours(LUNCH), 840, 60, 'closed'],
    ['lunch of the next day, that is next week', hours(LUNCH), 840, 1440, 'closed'],
    ['Monday’s lunch from Sunday evening', hours(LUNCH), WEEK - 60, 721, 'open'],
    ['Sunday night', hours(SUNDAY_NIGHT), 6 * DAY + 1260, 90, 'open'],
    ['cut off hours', hours(LUNCH, { complete: false }), 600, 60, 'unknown'],
    ['always', hours(ALWAYS), 5, 60, 'open'],
  ] as const)('%s, within some minutes', (_, branch, minute, withinMinutes, expected) => {
    expect(stateAt(branch, minute, { forMinutes: 0, withinMinutes })).toBe(expected);
  });
});

describe('minutesLeft and minutesToOpen', () => {
  it('count across the end of the week', () => {
    expect(minutesLeft(SUNDAY_NIGHT, WEEK - 1)).toBe(121);
    expect(minutesLeft(SUNDAY_NIGHT, 0)).toBe(120);
    expect(minutesLeft(SUNDAY_NIGHT, 120)).toBeNull();
    expect(minutesLeft(ALWAYS, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(minutesToOpen(LUNCH, 840)).toBe(WEEK - 180);
    expect(minutesToOpen(LUNCH, 659)).toBe(1);
    expect(minutesToOpen(LUNCH, 660)).toBe(WEEK);
    expect(minutesToOpen([], 0)).toBeNull();
  });
});
