import { HOURS_NOTATIONS, isTextNotation, type TEXT_NOTATIONS } from '../city.ts';
import type { CityFile } from '../city-file/city-schema.ts';
import { nameWords } from './column-names.ts';
import { hasRowPerHours } from './hours-notation.ts';
import type { Proposal } from './proposal.ts';

/** Notations that the loader reads. Hours in any other stay unknown, and the proposal says so. */
const READABLE: ReadonlySet<string> = new Set([...HOURS_NOTATIONS, 'meals']);

/** Whether the loader reads a notation. In a table with a row for each of a place's hours, something must tell the places apart. */
export function canReadHours({ hours, identity, fields }: Pick<Proposal, 'hours' | 'identity' | 'fields'>): boolean {
  if (hours === null || !READABLE.has(hours.kind)) return false;
  if (!hasRowPerHours(hours)) return true;
  return identity.value.kind === 'column' || fields.some(({ field }) => field === 'address');
}

/** When meals usually are. */
const MEALS: Readonly<Record<string, string>> = {
  breakfast: '7am-10am',
  brunch: '10am-2pm',
  lunch: '11am-3pm',
  dinner: '5pm-9pm',
  supper: '5pm-9pm',
  'late night': '9pm-2am',
};

/**
 * The source of hours: another table, or the same one. A table with a row for each of a place's hours is read twice: for the places, and
 * for their hours.
 */
export function scheduleOf(
  proposal: Proposal,
  url: string,
  scheduleUrl: string | null,
): Pick<CityFile['sources'], 'schedule'> {
  const { hours, identity, columns, fields, schedule } = proposal;
  if (schedule && scheduleUrl !== null) {
    const { unread } = schedule;
    return {
      schedule: {
        url: scheduleUrl,
        columns: schedule.columns,
        ...(unread.length > 0 ? { unread: [...unread] } : {}),
      },
    };
  }
  if (!hours || !hasRowPerHours(hours) || !canReadHours(proposal)) return {};
  const [dayName, start, end] = hours.columns;
  const times = hours.kind === 'meals' ? { meal: start } : { start, end };
  const columnOf = (name: string) => fields.find(({ field }) => field === name)?.column.name;
  const ids =
    identity.value.kind === 'column'
      ? { id: identity.value.column }
      : { name: columnOf('name'), address: columnOf('address') };
  const used = { ...ids, dayName, ...times };
  const unread = columns.map(({ name }) => name).filter((name) => !Object.values(used).includes(name));
  return { schedule: { url, columns: used, unread } };
}

/** The meals of the table that has the hours, with their usual times. */
export function mealsOf({ hours, columns, schedule }: Proposal): Readonly<Record<string, string>> {
  const meal = schedule
    ? schedule.meal
    : columns.find(({ name }) => hours?.kind === 'meals' && name === hours.columns[1]);
  return Object.fromEntries(
    (meal?.counts ?? []).flatMap(([text]) => {
      const times = MEALS[text.toLowerCase()];
      return times === undefined ? [] : [[text, times] as const];
    }),
  );
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Each weekday with the column that is named after it. */
function weekdaysOf(columns: readonly string[]): Partial<Record<(typeof DAYS)[number], string>> {
  return Object.fromEntries(
    DAYS.flatMap((day) => {
      const column = columns.find((name) => nameWords(name)[0]?.startsWith(day.slice(0, 3)));
      return column === undefined ? [] : [[day, column]];
    }),
  );
}

/** @param hasText whether `permits` has a column for hours */
export function hoursOf(proposal: Proposal, hasText: boolean): Pick<CityFile, 'hours'> {
  const { hours, schedule } = proposal;
  if (schedule?.meal) return { hours: { notation: 'schedule', meals: mealsOf(proposal) } };
  if (schedule && isTextNotation(schedule.hours.kind)) {
    return { hours: { notation: schedule.hours.kind as (typeof TEXT_NOTATIONS)[number] } };
  }
  const [first = '', second = ''] = hours?.columns ?? [];
  switch (hours?.kind) {
    case 'schedule':
      return canReadHours(proposal) ? { hours: { notation: 'schedule' } } : {};
    case 'meals':
      return canReadHours(proposal) ? { hours: { notation: 'schedule', meals: mealsOf(proposal) } } : {};
    case 'weekday-columns':
      return { hours: { notation: 'weekday-columns', columns: weekdaysOf(hours.columns) } };
    case 'open-close-columns':
      return { hours: { notation: 'open-close-columns', columns: { opens: first, closes: second } } };
    case 'english':
    case 'opening-hours':
      return { hours: { notation: hours.kind } };
    default:
      if (hasText) return { hours: { notation: 'permit-text' } };
      return schedule ? { hours: { notation: 'schedule' } } : {};
  }
}
