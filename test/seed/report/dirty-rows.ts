import { makeRelease } from '../../../seed/make-release.ts';
import type { LoadedSource } from '../../../seed/source/read-source.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { csv, READ_AT } from '../tables.ts';

export const PERMITS = 'locationid,Applicant,FoodItems,Status,Received,ExpirationDate,dayshours,Latitude,Longitude';
export const SCHEDULE = 'locationid,DayOrder,DayOfWeekStr,start24,end24,Latitude,Longitude';

export const read = (name: string, ...lines: string[]): LoadedSource => ({
  table: csv(...lines),
  name,
  from: `${name}.csv`,
  fetchedAt: READ_AT,
  via: 'file',
  unchanged: false,
  bytes: 1,
  warnings: [],
});

export function loaded(permits: string[], schedule: string[] | null = null) {
  const reads = {
    permits: read('permits', PERMITS, ...permits),
    schedule: schedule && read('schedule', SCHEDULE, ...schedule),
    areas: null,
    places: null,
  };
  return makeRelease(sanFrancisco, reads, { origin: 'given', readAt: READ_AT });
}

export const ann = '1,Ann,Tacos,APPROVED,20240829,,,37.78,-122.41';
export const dirty = [
  ann,
  '2,Ann,Tacos,APPROVED,20240829,,Mo-Fr:9AM-10AM,37.78,-122.41',
  '2,Ann,Tacos,APPROVED,20240829,,,37.78,-122.41',
  '3,Bob,Soup,APPROVED,20240829,,,0,0',
  '4,Cat,Soup,APPROVED,20240829,,,40.7,-74',
  '5,Dan,Soup,APPROVED,20240829,,,north,-122.41',
  '6,BSM - TEST1,Soup,APPROVED,20240829,,,37.78,-122.41',
  ',Eve,Soup,APPROVED,20240829,,,37.78,-122.41',
  '7,,Soup,APPROVED,20240829,,,37.78,-122.41',
  '8,Fay,Soup,APPROVED,20240829,some day,whenever,37.77,-122.40',
];
export const times = [
  '1,1,Monday,09:00,17:00,37.78,-122.41',
  '1,9,Someday,09:00,17:00,37.78,-122.41',
  '2,1,Monday,9,late,37.78,-122.41',
  ',1,Monday,09:00,17:00,37.78,-122.41',
  '6,1,Monday,09:00,17:00,37.78,-122.41',
  '99,1,Monday,09:00,17:00,37.78,-122.41',
];
export const ids = (rows: readonly { id: string | null }[] | undefined) => rows?.map(({ id }) => id);
