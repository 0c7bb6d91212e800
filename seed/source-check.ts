import { type CitySources, SOURCE_FIELDS, type SourceSpec } from './city.ts';
import { foldColumn } from './table/table.ts';

/** The faults of a city's sources, each as `path: fault`. */
export function sourceFaults(sources: CitySources): string[] {
  return Object.entries(sources).flatMap(([name, spec]) => {
    const fields = SOURCE_FIELDS[name];
    const names = Object.keys(SOURCE_FIELDS).join(', ');
    return fields
      ? specFaults(`sources.${name}`, spec, fields)
      : [`sources.${name}: there is no such source; there are ${names}`];
  });
}

function specFaults(path: string, { url, columns, required, unread }: SourceSpec, fields: readonly string[]): string[] {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return [
    ...(isWeb ? [] : [`${path}.url: ${JSON.stringify(url)} is not an http or https URL`]),
    ...Object.keys(columns)
      .filter((field) => !fields.includes(field))
      .map((field) => `${path}.columns.${field}: nothing reads it; the columns are ${fields.join(', ')}`),
    ...fields
      .filter((field) => columns[field] === undefined)
      .map((field) => `${path}.columns.${field}: is missing; write [] if the table has no such column`),
    ...required.flatMap((field) =>
      (columns[field]?.length ?? 0) > 0 ? [] : [`${path}.required: no column is named for ${JSON.stringify(field)}`],
    ),
    ...Object.entries(columns).flatMap(([field, names]) =>
      names
        .filter(isNameless)
        .map((name) => `${path}.columns.${field}: ${JSON.stringify(name)} is not a column's name`),
    ),
    ...unread.filter(isNameless).map((name) => `${path}.unread: ${JSON.stringify(name)} is not a column's name`),
  ];
}

function isNameless(name: string): boolean {
  return foldColumn(name) === '';
}
