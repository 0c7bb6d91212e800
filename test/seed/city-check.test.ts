import { describe, expect, it } from 'vitest';
import { sanFrancisco } from '../../seed/cities/san-francisco.ts';
import type { City } from '../../seed/city.ts';
import { cityFaults } from '../../seed/city-check.ts';
import { CITIES, findCity } from '../../seed/find-city.ts';
import { load } from '../../seed/load.ts';
import { LoadError } from '../../seed/load-errors.ts';

const { facts, sources, permits, food } = sanFrancisco;
const withFacts = (more: object): City => ({ ...sanFrancisco, facts: { ...facts, ...more } });
const withPermits = (more: object): City => ({
  ...sanFrancisco,
  sources: { permits: { ...sources.permits, ...more } },
});
const { columns } = sources.permits;

describe('a city’s file', () => {
  it.each([...CITIES.keys()])('%s has no fault', (id) => {
    expect(cityFaults(findCity(id))).toEqual([]);
  });

  it.each<[string, City, string]>([
    [
      'a misspelt zone',
      withFacts({ zone: 'America/Los_Angelos' }),
      'facts.zone: "America/Los_Angelos" is not a time zone: give its IANA name, such as Europe/Paris',
    ],
    [
      'a blank zone',
      withFacts({ zone: '' }),
      'facts.zone: "" is not a time zone: give its IANA name, such as Europe/Paris',
    ],
    ['a bad id', withFacts({ id: 'San Francisco' }), 'facts.id: "San Francisco" is not lower-case words with hyphens'],
    [
      'south and north swapped',
      withFacts({ bounds: { ...facts.bounds, south: 37.84, north: 37.7 } }),
      'facts.bounds: south 37.84 is not below north 37.7',
    ],
    [
      'west and east swapped',
      withFacts({ bounds: { ...facts.bounds, west: -122.35, east: -122.52 } }),
      'facts.bounds: west -122.35 is not below east -122.52',
    ],
    [
      'latitude and longitude swapped',
      withFacts({ bounds: { west: 37.7, south: -122.52, east: 37.84, north: -122.35 } }),
      'facts.bounds: are not degrees: west and east are -180 to 180, south and north -90 to 90',
    ],
    [
      'the bounds of a continent',
      withFacts({ bounds: { west: -170, south: 7, east: -52, north: 83 } }),
      'facts.bounds: are more than 20 degrees wide or high, too much for a city',
    ],
    ['a center elsewhere', withFacts({ center: { lat: 40.7, lon: -74 } }), 'facts.center: is outside of facts.bounds'],
    [
      'an open outline',
      withFacts({ outline: [facts.outline[0]?.slice(1)] }),
      'facts.outline[0]: is not a closed ring of places',
    ],
    [
      'a bad link',
      withFacts({ attribution: { ...facts.attribution, url: 'data.sfgov.org' } }),
      'facts.attribution.url: "data.sfgov.org" is not a URL',
    ],
    ['a synonym alone', withFacts({ synonyms: [['taco']] }), 'facts.synonyms[0]: is not a group of two or more words'],
    [
      'an unknown source',
      { ...sanFrancisco, sources: { ...sources, menus: sources.permits } },
      'sources.menus: there is no such source; there are permits, schedule, areas',
    ],
    [
      'an address without scheme',
      withPermits({ url: 'data.sfgov.org/resource/rqzj-sfat.json' }),
      'sources.permits.url: "data.sfgov.org/resource/rqzj-sfat.json" is not an http or https URL',
    ],
    [
      'a required column without a name',
      withPermits({ columns: { ...columns, food: [] } }),
      'sources.permits.required: no column is named for "food"',
    ],
    [
      'a column of no letter',
      withPermits({ columns: { ...columns, food: ['--'] } }),
      'sources.permits.columns.food: "--" is not a column\'s name',
    ],
    [
      'a state that never matches',
      { ...sanFrancisco, permits: { ...permits, statuses: { ...permits.statuses, 'On hold': 'onhold' } } },
      'permits.statuses: "On hold" never matches; write "onhold"',
    ],
    [
      'no approved state',
      { ...sanFrancisco, permits: { ...permits, statuses: { ok: 'open' } } },
      'permits.statuses: no word means "approved", so searches would find nothing',
    ],
    [
      'a facility that never matches',
      { ...sanFrancisco, permits: { ...permits, facilities: { Truck: 'truck' } } },
      'permits.facilities: "Truck" never matches; write "truck"',
    ],
    [
      'a global test name',
      { ...sanFrancisco, permits: { ...permits, testNames: [/^TEST/g] } },
      'permits.testNames[0]: /^TEST/g must not have the flag g or y',
    ],
    [
      'a test name that is every name',
      { ...sanFrancisco, permits: { ...permits, testNames: [/(?:TEST)?/] } },
      'permits.testNames[0]: /(?:TEST)?/ matches an empty text, and so every text',
    ],
    [
      'a remark that is replaced once',
      { ...sanFrancisco, food: { ...food, remarks: [/do not approve/i] } },
      'food.remarks[0]: /do not approve/i must have the flag g, and not y',
    ],
    [
      'a prefix in the middle',
      { ...sanFrancisco, food: { ...food, coldTruck: /cold truck/i } },
      'food.coldTruck: /cold truck/i must begin with ^',
    ],
    [
      'a category that is no slug',
      { ...sanFrancisco, food: { ...food, coldTruckCategory: 'Cold Truck' } },
      'food.categories: "Cold Truck" is not lower-case words with underscores',
    ],
    [
      'a sample without permits',
      { ...sanFrancisco, sample: { schedule: 'schedule.csv' } },
      'sample.permits: is missing',
    ],
  ])('with %s is refused by the path of the fact', (_, city, fault) => {
    expect(cityFaults(city)).toEqual([fault]);
  });

  it('names both a column that nothing reads and the one that it was meant to be', () => {
    const { food: names, ...others } = columns;
    const faults = cityFaults(withPermits({ columns: { ...others, foods: names }, required: ['id'] }));
    expect(faults).toEqual([
      expect.stringMatching(/^sources\.permits\.columns\.foods: nothing reads it; the columns are id, name, food, /),
      'sources.permits.columns.food: is missing; write [] if the table has no such column',
    ]);
  });

  it('names a part of the vocabulary that does not exist', () => {
    expect(cityFaults(withFacts({ vocabulary: { meaning: 'a: b' } }))).toEqual([
      expect.stringMatching(/^facts\.vocabulary\.meaning: there is no such part; there are meanings, /),
    ]);
  });

  it('is refused when its data is loaded, with one line for each fault', async () => {
    const city = withFacts({ zone: 'Mars/Olympus', name: ' ' });
    const sources = new Map([['permits', 'seed/sample/permits.csv']]);
    const error = await load({ city, sources, origin: 'sample', options: {} }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LoadError);
    expect((error as Error).message).toBe(
      'the city "san-francisco" has wrong facts:\nfacts.name: is blank\n' +
        'facts.zone: "Mars/Olympus" is not a time zone: give its IANA name, such as Europe/Paris',
    );
  });
});
