import { amount } from './amount.ts';
import { findCity } from './find-city.ts';
import { load } from './load.ts';
import { LoadError } from './load-errors.ts';
import { makeReport } from './report/report.ts';
import type { SourceOptions } from './source/read-source.ts';

/** The result for one city: faults that stop it from being loaded, and what a person should know. */
export type CheckedCity = {
  readonly name: string;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  /** One line for each source that was read. */
  readonly sources: readonly string[];
};

/**
 * Checks a city's file and its sources: whether the file has faults, whether each source can be read now, and whether the table still has
 * the columns that the file names.
 * @param idOrPath as in `--city`
 */
export async function checkupCity(idOrPath: string, options: SourceOptions): Promise<CheckedCity> {
  const result = { name: idOrPath, faults: [] as string[], warnings: [] as string[], sources: [] as string[] };
  try {
    const city = findCity(idOrPath);
    const sources = new Map(Object.entries(city.sources).map(([name, { url }]) => [name, url]));
    // As given sources, so that each of them must be readable, and no cached copy takes its place.
    const loaded = await load({ city, sources, origin: 'given', options });
    const report = makeReport(loaded, []);
    for (const [name, { from, rowsIn, kept, missingColumns, unknownColumns }] of Object.entries(report.sources)) {
      result.sources.push(`${name}: ${kept} of ${rowsIn} rows kept, from ${from}`);
      if (kept === 0) result.faults.push(`${name}: no row can be used`);
      if (missingColumns.length > 0)
        result.faults.push(`${name}: the table has no column for ${missingColumns.join(', ')} any more`);
      if (unknownColumns.length > 0)
        result.warnings.push(`${name}: columns that the file does not name: ${unknownColumns.join(', ')}`);
    }
    result.warnings.push(...loaded.warnings);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    result.faults.push(error.message);
  }
  return result;
}

/** The results for a person: one line for each source, fault and warning. */
export function checkupText(cities: readonly CheckedCity[]): string {
  return cities
    .flatMap(({ name, faults, warnings, sources }) => [
      `${name}: ${faults.length === 0 ? 'all right' : amount(faults.length, 'fault')}`,
      ...sources.map((line) => `  ${line}`),
      ...faults.flatMap((fault) =>
        fault.split('\n').map((line, at) => (at === 0 ? `  fault: ${line}` : `    ${line}`)),
      ),
      ...warnings.map((line) => `  warning: ${line}`),
    ])
    .join('\n');
}
