import type { ZoneChange } from '../../../model/hours/zone-changes.ts';
import { type Component, type Line, wallText } from './ical.ts';

/**
 * A time zone as RFC 5545 section 3.6.5 has it. Every change is listed by its date, so that no rule has to be derived.
 * @param changes in order
 * @param offset milliseconds ahead of UTC, used if there are no changes
 */
export function calendarZone(zone: string, changes: readonly ZoneChange[], offset: number): Component {
  const lines: Line[] = [['TZID', zone]];
  if (changes.length === 0) {
    return { name: 'VTIMEZONE', lines, components: [observance(0, { before: offset, after: offset }, [])] };
  }
  const byOffsets = new Map<string, ZoneChange[]>();
  for (const change of changes) {
    const key = `${change.before} ${change.after}`;
    byOffsets.set(key, [...(byOffsets.get(key) ?? []), change]);
  }
  const components = [...byOffsets.values()].flatMap((same) => {
    const [first, ...rest] = same;
    return first ? [observance(onset(first), first, rest.map(onset))] : [];
  });
  return { name: 'VTIMEZONE', lines, components };
}

/** The wall time of a change, before the clocks are changed. */
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
    components: [],
  };
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}${two(minutes % 60)}`;
}
