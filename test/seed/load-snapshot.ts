import type { Release } from '../../functions/model/release.ts';
import type { City } from '../../seed/city.ts';
import { load } from '../../seed/load.ts';
import { makeReport } from '../../seed/report/report.ts';
import { sharedData } from '../fixtures/shared-data.ts';

/** Sources by name, as paths or URLs. */
export type Sources = Readonly<Record<string, string>>;

/** Loads sources as the commands do, with the report. */
export async function loadFiles(city: City, sources: Sources, last?: Release) {
  const loaded = await load({ city, sources: new Map(Object.entries(sources)), origin: 'given', options: {} });
  return { ...loaded, report: makeReport(loaded, loaded.warnings, last) };
}

/** The number of dropped rows in a report. */
export function droppedRows({ dropped }: { readonly dropped: Readonly<Record<string, number>> }): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

export const SCHEDULE_2017 = sharedData('schedule/schedule-2017-06-4923.csv');
export const SCHEDULE_2022 = sharedData('schedule/schedule-2022-01-2809.csv');
export const AREAS = sharedData('geometry/sf-neighborhoods-analysis.min.geojson');

/** Every shared snapshot of San Francisco, with the schedule and areas that fit it. */
export const LOADS: readonly (readonly [name: string, sources: Sources])[] = (
  [
    ['2013-06-25', 'permits-2013-06-25-711.csv', {}],
    ['2015-05-13', 'permits-2015-05-13-689.csv', { areas: AREAS }],
    ['2017-06-19', 'permits-2017-06-19-764.csv', { schedule: SCHEDULE_2017, areas: AREAS }],
    ['2017-08-04', 'permits-2017-08-04-740.rows.json', { schedule: SCHEDULE_2017 }],
    ['2021-12-09', 'permits-2021-12-09-629.csv', { schedule: SCHEDULE_2022 }],
    ['2022-03-02', 'permits-2022-03-02-487.json', { schedule: SCHEDULE_2022, areas: AREAS }],
    ['2024-08-29', 'permits-2024-08-29-489.csv', { areas: AREAS }],
  ] as const
).map(([name, file, more]) => [name, { permits: sharedData(`permits/${file}`), ...more }]);

export const VANCOUVER = ['vancouver-food-vendors-2025-12.csv', 'vancouver-food-vendors-2025-12.semicolon-bom.csv'].map(
  (file) => sharedData(`other-cities/${file}`),
);
