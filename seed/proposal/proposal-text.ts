import { amount } from '../amount.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import type { Table } from '../table/table.ts';
import { guessesOf, isAttributionKnown } from './guesses.ts';
import type { JoinedSchedule } from './joined-schedule.ts';
import type { Proposal } from './proposal.ts';
import { canReadHours } from './proposed-hours.ts';
import { wordingText } from './proposed-wording.ts';
import { pairNames } from './schedule-key.ts';
import type { Sureness } from './sureness.ts';

/** One line of the proposal: what it is about, the value, how sure it is, and examples of the values. */
type Line = {
  readonly label: string;
  readonly value: string;
  readonly sureness: Sureness;
  readonly why: string;
  readonly examples?: readonly string[];
};

const MARKS: Readonly<Record<Sureness, string>> = { sure: '  ', likely: '  ', guess: '? ' };
const LABEL_WIDTH = 13;
const VALUE_WIDTH = 24;
/** Characters of an example. */
const MAX_EXAMPLE = 36;

/** The proposal for a person at a terminal. Every guess begins with a question mark. */
export function proposalText(proposal: Proposal, table: Pick<Table, 'rows' | 'columns' | 'shape'>): string {
  const { table: found, unread } = proposal;
  const guesses = guessesOf(proposal).length;
  return [
    `Read ${amount(table.rows.length, 'row')} with ${amount(table.columns.length, 'column')} (${SHAPES[table.shape]}).`,
    ...(found.title === null
      ? []
      : [`It is "${found.title}"${found.publisher === null ? '' : ` by ${found.publisher}`}.`]),
    '',
    'Which column is what',
    ...columnLines(proposal).flatMap(lineText),
    ...unreadText(unread),
    ...(proposal.schedule ? scheduleText(proposal.schedule) : []),
    '',
    'What follows from the values',
    ...factLines(proposal).flatMap(lineText),
    '',
    guesses === 0
      ? 'Nothing of this is a guess.'
      : `${amount(guesses, 'line')} with ? ${guesses === 1 ? 'is a guess' : 'are guesses'}: please check.`,
  ].join('\n');
}

function unreadText(unread: readonly string[]): string[] {
  return unread.length > 0 ? [`  ${'not read'.padEnd(LABEL_WIDTH)}${unread.join(', ')}`] : [];
}

function scheduleText({ from, hours, key, sureness, why, columns, unread }: JoinedSchedule): string[] {
  const { dayName, start, end, meal, hours: words, id: _, ...others } = columns;
  const times = [words, dayName, start, end, meal].filter((name) => name !== undefined);
  return [
    '',
    `Which column is what in the table of hours, ${withoutSecrets(from)}`,
    ...lineText({ label: 'joined by', value: pairNames(key), sureness, why, examples: key.examples }),
    ...lineText({ label: 'hours', value: times.join(', '), sureness: hours.sureness, why: hours.why }),
    ...Object.entries(others).flatMap(([label, value]) =>
      lineText({
        label,
        value,
        sureness: 'likely',
        why:
          label === 'description'
            ? 'shown before that of the first table'
            : 'for rows of the first table without a place',
      }),
    ),
    ...unreadText(unread),
  ];
}

const SHAPES: Readonly<Record<Table['shape'], string>> = {
  csv: 'CSV',
  json: 'JSON',
  'rows.json': "Socrata's rows.json",
  geojson: 'GeoJSON',
  arcgis: "ArcGIS's JSON",
};

function columnLines({ places, joined, fields, identity }: Proposal): Line[] {
  const placeColumns = Object.values(joined?.columns ?? {});
  const own = Object.values(places.columns).map(({ name }) => name);
  const { value } = identity;
  const madeFrom =
    value.kind === 'made' ? value.from : value.kind === 'words' ? value.columns.map(([name]) => name) : null;
  const made: Line[] =
    madeFrom !== null
      ? [
          {
            label: 'id',
            value: `made from ${madeFrom.join(' and ') || 'the place'}`,
            sureness: identity.sureness,
            why: identity.why,
          },
        ]
      : [];
  return [
    {
      label: 'place',
      value: joined ? `${placeColumns.join(', ')} of the other table` : own.join(', '),
      sureness: places.sureness,
      why: places.why,
      examples: places.places.slice(0, 3).map(({ lat, lon }) => `${round(lat)}, ${round(lon)}`),
    },
    ...made,
    ...fields.map(({ field, column, sureness, why }) => ({
      label: field,
      value: column.name,
      sureness,
      why,
      examples: column.examples,
    })),
  ];
}

function factLines(proposal: Proposal): Line[] {
  const { name, zone, extent, statuses, facilities, hours, dateOrder, lastFirst, unnamed, wording, table, schedule } =
    proposal;
  const { bounds, outliers } = extent;
  const kinds = Object.entries(facilities);
  return [
    { label: 'name', value: name.value, sureness: name.sureness, why: name.why },
    ...(wording
      ? [{ label: 'lists', value: wordingText(wording.value), sureness: wording.sureness, why: wording.why }]
      : []),
    isAttributionKnown(proposal)
      ? { label: 'licence', value: table.license ?? '', sureness: 'sure', why: 'the portal says so' }
      : {
          label: 'licence',
          value: 'not known',
          sureness: 'guess',
          why: 'write the publisher and the licence into "attribution"',
        },
    { label: 'zone', value: zone.value, sureness: zone.sureness, why: zone.why },
    {
      label: 'bounds',
      value: `${bounds.south} to ${bounds.north}, ${bounds.west} to ${bounds.east}`,
      sureness: outliers.length > 0 ? 'guess' : 'sure',
      why:
        outliers.length > 0
          ? `${amount(outliers.length, 'place')} far from all others ${outliers.length === 1 ? 'is' : 'are'} left out: ${outliers
              .slice(0, 3)
              .map(({ lat, lon }) => `${lat}, ${lon}`)
              .join(' · ')}`
          : 'all places with a margin',
    },
    statuses
      ? { label: 'statuses', value: statusWords(statuses.value), sureness: statuses.sureness, why: statuses.why }
      : {
          label: 'statuses',
          value: 'all approved',
          sureness: 'sure',
          why: 'the table has no column for the state of a permit',
        },
    ...(kinds.length > 0
      ? [
          {
            label: 'facilities',
            value: kinds
              .slice(0, 4)
              .map(([word, ours]) => `${word} = ${ours}`)
              .join(', '),
            sureness: 'likely' as const,
            why: 'common words',
          },
        ]
      : []),
    ...(schedule
      ? [
          {
            label: 'hours',
            value: schedule.hours.kind,
            sureness: 'sure' as const,
            why: `in the table of hours${hours ? `, which takes precedence over ${hours.columns.join(', ')}` : ''}`,
          },
        ]
      : [hoursLine(proposal)]),
    ...(dateOrder
      ? [{ label: 'dates', value: dateOrder.value, sureness: dateOrder.sureness, why: dateOrder.why }]
      : []),
    ...(unnamed
      ? [{ label: 'unnamed', value: `${unnamed.value} 1, …`, sureness: unnamed.sureness, why: unnamed.why }]
      : []),
    ...(lastFirst > 0
      ? [
          {
            label: 'names',
            value: 'Last, First',
            sureness: 'likely' as const,
            why: `${amount(lastFirst, 'row')}; shown as First Last`,
          },
        ]
      : []),
  ];
}

function hoursLine(proposal: Proposal): Line {
  const { hours } = proposal;
  if (!hours) return { label: 'hours', value: 'unknown', sureness: 'sure', why: 'no column has days and times' };
  return {
    label: 'hours',
    value: canReadHours(proposal) ? hours.kind : `${hours.kind}: not read yet`,
    sureness: hours.sureness,
    why: `${hours.columns.join(', ')}; ${hours.why}`,
  };
}

/** Five decimals are about a metre. */
function round(degrees: number): number {
  return Number(degrees.toFixed(5));
}

function statusWords(meanings: Readonly<Record<string, string>>): string {
  return Object.entries(meanings)
    .map(([word, ours]) => (word === ours ? word : `${word} = ${ours}`))
    .join(', ');
}

function lineText({ label, value, sureness, why, examples = [] }: Line): string[] {
  const start = `${MARKS[sureness]}${label.padEnd(LABEL_WIDTH)}`;
  const reason = `${sureness}: ${why}`;
  const shown = examples.map((text) => shortened(text.replace(/\s+/g, ' '))).join(' · ');
  const indent = ' '.repeat(2 + LABEL_WIDTH);
  const first =
    value.length < VALUE_WIDTH
      ? [`${start}${value.padEnd(VALUE_WIDTH)}${reason}`]
      : [`${start}${value}`, `${indent}${' '.repeat(VALUE_WIDTH)}${reason}`];
  return shown === '' ? first : [...first, `${indent}${' '.repeat(VALUE_WIDTH)}${shown}`];
}

function shortened(text: string): string {
  return text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE)}…` : text;
}
