import type { ZoneChange } from '../../../model/hours/zone-changes.ts';
import { type Component, type Line, wallText } from './ical.ts';

/**
 * A zone as calendars want it (RFC 5545 section 3.6.5): each change by its date, so that no rule has to be guessed.
 * @param changes those that matter, in order
 * @param offset milliseconds ahead of UTC where there is none
 */
export function calendarZone(zone: string, changes: readonly ZoneChange[], offset: number): Component {
  const lines: Line[] = [['TZID', zone]];
  if (changes.length === 0) {
    return { name: 'VTIMEZONE', lines, parts: [observance(0, { before: offset, after: offset }, [])] };
  }
  const kinds = new Map<string, ZoneChange[]>();
  for (const change of changes) {
    const key = `${change.before} ${change.after}`;
    kinds.set(key, [...(kinds.get(key) ?? []), change]);
  }
  const parts = [...kinds.values()].flatMap((same) => {
    const [first, ...rest] = same;
    return first ? [observance(onset(first), first, rest.map(onset))] : [];
  });
  return { name: 'VTIMEZONE', lines, parts };
}

/** A change by the wall that it ends. */
function onset({ instant, before }: ZoneChange): number {
  return instant + before;
}

function observance(start: number, { before, after }: Omit<ZoneChange, 'instant'>, others: number[]): Component {
  return {
    name: after > before ? 'DAYLIGHT' : 'STANDARD',
    lines: [
      ['DTSTART', wallText(start)],
      ...others.map((other): Line => ['RDATE', wallText(other)]),
      ['TZOFFSETFROM', offsetText(before)],
      ['TZOFFSETTO', offsetText(after)],
    ],
    parts: [],
  };
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}${two(minutes % 60)}`;
}
