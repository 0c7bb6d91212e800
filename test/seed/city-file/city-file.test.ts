import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cityJsonSchema } from '../../../seed/city-file/city-json-schema.ts';
import { readCityFile } from '../../../seed/city-file/read-city-file.ts';
import { cityIds, findCity } from '../../../seed/find-city.ts';
import { streetFoodSynonyms } from '../../../seed/food/synonyms.ts';
import { streetFoodCategories } from '../../../seed/food/vocabulary.ts';
import { LoadError } from '../../../seed/load-errors.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';

const SCHEMA = JSON.parse(cityJsonSchema());

describe('the built-in cities', () => {
  it('are the files of seed/cities', () => {
    const files = readdirSync('seed/cities').filter((name) => name.endsWith('.json') && name !== 'city.schema.json');
    expect(cityIds()).toEqual(files.map((name) => name.replace('.json', '')).sort());
    expect(cityIds().length).toBeGreaterThan(1);
  });

  it.each(cityIds())('%s can be read, by its name and by its path, and names its schema', (id) => {
    const city = findCity(id);
    const { sample: _, ...fromPath } = readCityFile(`seed/cities/${id}.json`);
    expect({ ...city, sample: undefined }).toEqual({ ...fromPath, sample: undefined });
    expect(city.facts.id).toBe(id);
    const json = JSON.parse(readFileSync(`seed/cities/${id}.json`, 'utf8'));
    expect(json.$schema).toBe('./city.schema.json');
  });

  it('have the bytes of earlier releases: keys in a fixed order, and the layout of their vocabulary', () => {
    const { facts } = findCity('san-francisco');
    expect(Object.keys(facts)).toEqual([
      'id',
      'name',
      'zone',
      'bounds',
      'center',
      'outline',
      'attribution',
      'reportUrl',
      'synonyms',
      'vocabulary',
    ]);
    expect(facts.vocabulary?.meanings).toMatch(
      /^\n {8}south of market: soma\n {8}financial district: fidi, .*: mision\n {6}$/s,
    );
    const hash = createHash('sha256')
      .update(JSON.stringify({ ...facts, synonyms: [] }))
      .digest('hex');
    expect(hash.slice(0, 12)).toBe('be04ceb2a108');
  });

  it.each(cityIds())('%s has web addresses only, because a built city has no files next to it', (id) => {
    for (const { url } of Object.values(findCity(id).sources)) expect(url).toMatch(/^https?:\/\//);
  });
});

describe('the JSON Schema', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(SCHEMA);

  it('describes every field', () => {
    const missing: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties = {}, ...others } = node as { properties?: Record<string, { description?: string }> };
      for (const [name, field] of Object.entries(properties)) {
        if (!field.description) missing.push(`${path}.${name}`);
        visit(field, `${path}.${name}`);
      }
      for (const [key, other] of Object.entries(others)) if (key !== 'examples') visit(other, path);
    };
    visit(SCHEMA, '');
    expect(missing).toEqual([]);
    expect(Object.keys(SCHEMA.properties).length).toBeGreaterThan(10);
  });

  it.each(cityIds())('accepts %s', (id) => {
    expect(validate(JSON.parse(readFileSync(`seed/cities/${id}.json`, 'utf8'))), JSON.stringify(validate.errors)).toBe(
      true,
    );
  });

  it('accepts a minimal file, and refuses a misspelt field and a wrong type', () => {
    expect(validate(minimalCity())).toBe(true);
    expect(validate({ ...minimalCity(), zones: 'Europe/Paris' })).toBe(false);
    expect(validate({ ...minimalCity(), name: 5 })).toBe(false);
  });
});

describe('readCityFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'curbside-city-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const failure = (path: string) => {
    try {
      readCityFile(path);
    } catch (error) {
      expect(error).toBeInstanceOf(LoadError);
      return (error as Error).message;
    }
    throw new Error(`${path} was read`);
  };

  it('gives a minimal file all defaults', () => {
    const { facts, sources, permits, hours, food, sample } = readCityFile(write('springfield.json', minimalCity()));
    expect(facts).toMatchObject({ id: 'springfield', center: { lat: 40.5, lon: -89.5 }, outline: [] });
    expect(facts.synonyms).toEqual(streetFoodSynonyms);
    expect(facts).not.toHaveProperty('vocabulary');
    expect(sources.permits).toMatchObject({
      url: join(folder, 'stalls.csv'),
      required: ['id', 'name', 'food'],
      unread: [],
    });
    expect(sources.permits.columns).toMatchObject({ name: ['Stall'], lat: ['Latitude'], status: [] });
    expect(permits).toMatchObject({ unnamed: null, testNames: [], dateOrder: null });
    expect(permits.statuses).toMatchObject({ active: 'approved', onhold: 'onhold' });
    expect(hours).toEqual({ notation: 'schedule', meals: new Map() });
    expect(food).toMatchObject({ categories: streetFoodCategories, acronyms: ['BBQ', 'BLT'], remarks: [] });
    expect(sample).toBeNull();
  });

  it('puts the middle of bounds across the 180th meridian inside them', () => {
    const bounds = { west: 179, south: -18, east: -178, north: -16 };
    expect(readCityFile(write('taveuni.json', { ...minimalCity(), bounds })).facts.center).toEqual({
      lat: -17,
      lon: -179.5,
    });
  });

  it('adds what a file has to the food of all cities, or replaces it', () => {
    const own = { slug: 'arepas', words: ['arepa'] };
    const categories = [own, { slug: 'mexican', words: ['tlayuda'] }];
    const more = readCityFile(write('more.json', { ...minimalCity(), food: { categories, sides: ['pickle'] } })).food;
    expect(more.categories.at(-1)).toEqual({ ...own, isCuisine: false });
    expect(more.categories.find(({ slug }) => slug === 'mexican')).toMatchObject({
      isCuisine: true,
      words: expect.arrayContaining(['taco', 'tlayuda']),
    });
    expect(more.sides).toEqual(expect.arrayContaining(['pickle', 'coleslaw']));
    const none = readCityFile(
      write('none.json', { ...minimalCity(), food: { vocabulary: 'none', categories: [own] } }),
    );
    expect(none.food).toMatchObject({ categories: [{ slug: 'arepas' }], sides: [] });
    expect(none.facts.synonyms).toEqual([]);
  });

  it('compares words for states and facilities without case, blanks and hyphens', () => {
    const words = { statuses: { 'On hold': 'onhold', ACTIVE: 'approved' }, facilities: { ' Food Truck': 'truck' } };
    expect(readCityFile(write('words.json', { ...minimalCity(), ...words })).permits).toMatchObject({
      statuses: { onhold: 'onhold', active: 'approved' },
      facilities: { 'food truck': 'truck' },
    });
  });

  it('reads patterns without case, unless they name their flags', () => {
    const names = { tests: ['^test\\b', '/^Test$/'] };
    const { testNames } = readCityFile(write('patterns.json', { ...minimalCity(), names })).permits;
    expect(testNames).toEqual([/^test\b/i, /^Test$/]);
  });

  it('reads an outline from a file next to it, or from the file itself', () => {
    const ring = [
      [-90, 40],
      [-89, 40],
      [-89, 41],
      [-90, 40],
    ];
    const shape = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
    write('border.geojson', shape);
    const rings = [ring.map(([lon, lat]) => ({ lat, lon }))];
    for (const outline of ['./border.geojson', shape]) {
      expect(readCityFile(write('outlined.json', { ...minimalCity(), outline })).facts.outline).toEqual(rings);
    }
    expect(failure(write('lost.json', { ...minimalCity(), outline: 'none.geojson' }))).toMatch(
      /lost\.json has a fault:\noutline: .*none\.geojson cannot be read: there is no such file$/,
    );
  });

  it('names the file, and the line and column of a syntax error', () => {
    expect(failure(join(folder, 'nowhere.json'))).toMatch(/nowhere\.json cannot be read: there is no such file$/);
    expect(failure(write('syntax.json', '{\n  "name": Springfield\n}'))).toMatch(
      /syntax\.json, line 2, column 11: is not JSON: "Springfield }" where value should be$/,
    );
    expect(failure(write('cut.json', '{"name": "Spring'))).toMatch(/ends in the middle of its JSON: it was cut off$/);
    expect(failure(write('table.json', `["${'x'.repeat(6_000_000)}"]`))).toMatch(
      /too many for a city's file: is it a table\?$/,
    );
  });

  it('starts with a byte order mark, as editors on Windows write it', () => {
    expect(readCityFile(write('bom.json', `\uFEFF${JSON.stringify(minimalCity())}`)).facts.id).toBe('bom');
  });

  it('needs an id if its name cannot be one', () => {
    expect(failure(write('My City (1).json', minimalCity()))).toMatch(
      /id: is missing, and the file's name "My City \(1\)" is not lower-case words with hyphens$/,
    );
    expect(readCityFile(write('My City (2).json', { ...minimalCity(), id: 'my-city' })).facts.id).toBe('my-city');
  });

  it('lists all faults, one on each line', () => {
    expect(failure(write('two.json', { ...minimalCity(), zone: 'Mars/Olympus', name: ' ' }))).toBe(
      `the city's file ${join(folder, 'two.json')} has 2 faults:\nname: must not be blank, got " "\n` +
        'zone: must be an IANA time zone, such as Europe/Paris, got "Mars/Olympus"',
    );
  });
});
