import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { printWeek } from '../../../functions/model/hours/week.ts';
import { cityJsonSchema } from '../../../seed/city-file/city-json-schema.ts';
import { readCityFile } from '../../../seed/city-file/read-city-file.ts';
import { liveSources } from '../../../seed/load.ts';
import { loadFiles } from '../load-snapshot.ts';

const FOLDER = 'test/fixtures/cities';
const loadCity = async (name: string) => {
  const city = readCityFile(`${FOLDER}/${name}.json`);
  const { release, report } = await loadFiles(city, Object.fromEntries(liveSources(city)));
  const places = release.vendors.flatMap(({ name: vendor, branches }) =>
    branches.map((branch) => ({ vendor, ...branch })),
  );
  return { city: release.city, places, report };
};

describe('an invented city', () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(cityJsonSchema()));
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))('%s fits the JSON Schema', (name) => {
    expect(validate(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('of a five-column sheet, a night market, needs 13 lines', async () => {
    const { city, places, report } = await loadCity('night-market');
    expect(city).toMatchObject({ id: 'night-market', outlineIsHull: true });
    expect(Object.fromEntries(places.map(({ vendor, hours }) => [vendor, printWeek(hours.week)]))).toEqual({
      'Corn & Co': 'Fr:6PM-11PM;Sa:5PM-11PM',
      'Lantern Dumplings': 'Fr/Sa:6PM-12AM',
      'Third Wave': 'Fr-Su:5PM-10PM',
      'Waffle Window': '',
    });
    expect(report.sources.permits).toMatchObject({ rowsIn: 4, kept: 4, notes: { unparsed_hours: [{ line: 5 }] } });
    for (const { id, status } of places)
      expect([id, status]).toEqual([expect.stringMatching(/-[0-9a-f]{10}$/), 'approved']);
  });

  it('of drinking fountains has a filter and names for those without one', async () => {
    const { places, report } = await loadCity('fountains');
    expect(places.map(({ vendor, id }) => [vendor, id])).toEqual([
      ['Drinking fountain node/2', 'node/2'],
      ['Lion Fountain', 'node/1'],
      ['Long Trough', 'way/4'],
    ]);
    expect(report.sources.permits).toMatchObject({ rowsIn: 4, kept: 3, dropped: { filtered: 1 } });
  });
});
