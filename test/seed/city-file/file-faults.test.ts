import { describe, expect, it } from 'vitest';
import { cityFileFaults } from '../../../seed/city-file/read-city-file.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { cityWith, FAULTY_FILES, FULL } from './faulty-files.ts';

const access = {
  readBeside: (path: string): string => {
    throw new Error(`there is no file ${path}`);
  },
  resolve: (path: string) => path,
};
const faultsOf = (file: unknown) => cityFileFaults(file, 'springfield.json', access);

/** A schedule with hours in words. */
const WORDS = { url: './hours.csv', columns: { id: 'Id', hours: 'When' } };

describe('a city’s file', () => {
  it('may be complete or short', () => {
    expect(faultsOf(FULL)).toEqual([]);
    expect(faultsOf(minimalCity())).toEqual([]);
  });

  it.each(FAULTY_FILES)('with %s is refused by the path of the field', (_, changes, fault) => {
    const faults = faultsOf(cityWith(changes));
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults[0]?.startsWith(fault)).toBe(true);
  });

  it.each<[what: string, changes: Readonly<Record<string, unknown>>, fault: string]>([
    [
      'ids from nowhere',
      { ids: { from: 'row' } },
      'ids.from: must be "column" or "columns" or "name-and-address", got "row"',
    ],
    [
      'hours by weekday without a column',
      { hours: { notation: 'weekday-columns', columns: {} }, 'sources.permits.columns.hours': undefined },
      'hours.columns: names no column',
    ],
    [
      'hours without closing times',
      {
        hours: { notation: 'open-close-columns', columns: { opens: 'From' } },
        'sources.permits.columns.hours': undefined,
      },
      'hours.columns.closes: is missing',
    ],
    [
      'a column of hours that nothing reads',
      { hours: { notation: 'open-close-columns', columns: { opens: 'From', closes: 'To' } } },
      'sources.permits.columns.hours: is not read, because hours.notation is "open-close-columns"',
    ],
    [
      'words of a schedule without a notation',
      { hours: undefined, 'sources.permits.columns.hours': undefined, 'sources.schedule': WORDS },
      'hours: is missing: sources.schedule.columns.hours needs the notation of its texts',
    ],
    [
      'words of a schedule that nothing reads',
      { hours: { notation: 'schedule' }, 'sources.permits.columns.hours': undefined, 'sources.schedule': WORDS },
      'sources.schedule.columns.hours: is not read, because hours.notation is "schedule"',
    ],
    ['ids without a source', { ids: {} }, 'ids.from: is missing'],
    [
      'ids from no column',
      { ids: { from: 'columns', columns: [] } },
      'ids.columns: must have at least 1 entry, got []',
    ],
    [
      'ids from a column that is not described',
      { ids: { from: 'column' }, 'sources.permits.columns.id': undefined },
      'sources.permits.columns.id: is missing: ids.from is "column"',
    ],
    [
      'made ids and a schedule',
      {
        'sources.permits.columns.id': undefined,
        'sources.schedule': {
          url: 'https://e.org/s.csv',
          columns: { id: 'Id', name: 'Who', dayName: 'Day', start: 'From', end: 'To' },
        },
      },
      'sources.schedule.columns.address: is missing',
    ],
    [
      'a table of places that no permit names',
      {
        'sources.permits.columns.lat': undefined,
        'sources.places': { url: './p.csv', columns: { key: 'Place', lat: 'Y', lon: 'X' } },
      },
      'sources.permits.columns.placeKey: is missing: the source places needs it, or an address',
    ],
    [
      'a table of places without coordinates',
      {
        'sources.permits.columns.address': 'Where',
        'sources.places': { url: './p.csv', columns: { key: 'Place', lat: 'Y' } },
      },
      'sources.places.columns.lon: is missing: a place needs lat and lon, or point',
    ],
    [
      'meals without times',
      {
        'sources.schedule': {
          url: 'https://e.org/s.csv',
          columns: { id: 'Id', dayName: 'Day', meal: 'Meal' },
        },
        hours: { notation: 'schedule', meals: { Lunch: 'at noon' } },
      },
      'hours.meals.Lunch: must be a range of times, such as 11am-3pm, got "at noon"',
    ],
    [
      'a filter that keeps all',
      { 'sources.permits.filters': [{ column: 'Type' }] },
      'sources.permits.filters[0]: needs "keep" or "drop"',
    ],
    [
      'a filter without values',
      { 'sources.permits.filters': [{ column: 'Type', keep: [] }] },
      'sources.permits.filters[0].keep: must have at least 1 entry, got []',
    ],
    [
      'an order of names that does not exist',
      { names: { order: 'first' } },
      'names.order: must be "auto" or "last-first" or "as-written", got "first"',
    ],
  ])('with %s is refused', (_, changes, fault) => {
    expect(faultsOf(cityWith(changes))).toEqual([fault]);
  });

  it('names all faults at once, those of fields and those between them', () => {
    const center = { lat: 0, lon: 0 };
    expect(faultsOf(cityWith({ zone: 'Mars/Olympus', center, colour: 'red', 'names.tests': ['a*', 5] }))).toEqual([
      expect.stringMatching(/^zone: /),
      expect.stringMatching(/^names\.tests\[0\]: /),
      expect.stringMatching(/^names\.tests\[1\]: must be a text, got 5$/),
      expect.stringMatching(/^colour: /),
      expect.stringMatching(/^center: /),
    ]);
  });

  it('with swapped axes is refused', () => {
    const bounds = { west: 40, south: -122, east: 41, north: -121 };
    expect(faultsOf(cityWith({ bounds, center: undefined }))).toEqual([
      'bounds.south: must be at least -90, got -122',
      'bounds.north: must be at least -90, got -121',
    ]);
  });

  it.each([[[]], [null], ['San Francisco'], [5]])('that is %j in JSON is refused', (json) => {
    expect(faultsOf(json)).toEqual([`the file: must be an object, got ${JSON.stringify(json)}`]);
  });
});
