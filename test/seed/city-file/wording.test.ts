import { describe, expect, it } from 'vitest';
import { readConfig, tilesOf } from '../../../functions/config/config.ts';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { PAGE_LANGUAGES } from '../../../seed/city-file/wording-schema.ts';
import { LoadError } from '../../../seed/load-errors.ts';
import { LANGUAGES } from '../../../web/i18n/language.ts';
import { cityOf, minimalCity } from '../../fixtures/minimal-city.ts';
import { appOf } from '../../functions/http/app-of.ts';
import { json, releaseOf } from '../tables.ts';
import { cityWith } from './faulty-files.ts';

const faultOf = (changes: Readonly<Record<string, unknown>>): string => {
  try {
    cityOf(cityWith(changes) as Parameters<typeof cityOf>[0]);
  } catch (error) {
    if (error instanceof LoadError) return error.message.split('\n')[1] ?? '';
    throw error;
  }
  return 'none';
};

const FOUNTAINS = { en: { one: 'drinking fountain', other: 'drinking fountains' } };

describe('what a city lists', () => {
  it('is in its facts as the file says it, with food and permits unless it says that there are none', () => {
    const { wording } = cityOf({ ...minimalCity(), wording: { vendor: FOUNTAINS } }).facts;
    expect(wording).toEqual({ vendor: FOUNTAINS, food: true, permits: true });
    const without = cityOf({ ...minimalCity(), wording: { food: false, permits: false } }).facts.wording;
    expect(without).toEqual({ vendor: {}, food: false, permits: false });
    expect(cityOf(minimalCity()).facts).not.toHaveProperty('wording');
    expect(cityOf(minimalCity()).facts).not.toHaveProperty('languages');
  });

  it('has no kinds of food if it has no food, unless the file has some', () => {
    const city = cityOf({ ...minimalCity(), wording: { food: false } });
    expect([city.food.categories, city.food.sides, city.facts.synonyms]).toEqual([[], [], []]);
    const own = { slug: 'water', words: ['water'] };
    const withOwn = cityOf({ ...minimalCity(), wording: { food: false }, food: { categories: [own] } });
    expect(withOwn.food.categories.map(({ slug }) => slug)).toEqual(['water']);
    expect(cityOf(minimalCity()).food.categories.length).toBeGreaterThan(10);
  });

  it('is part of a release: other words make another version of the same rows', () => {
    const rows = json({ Id: '1', Stall: 'Well', Menu: '', Latitude: '40.5', Longitude: '-89.5' });
    const versionOf = (wording: object) => releaseOf(cityOf({ ...minimalCity(), ...wording }), rows).release.version;
    expect(versionOf({ wording: { permits: false } })).not.toBe(versionOf({}));
  });
});

describe('the base layer of a city', () => {
  const tiles = { url: 'https://tile.example.org/{z}/{x}/{y}.png', attribution: 'Example' };

  it('is that of its file, and what the operator sets takes precedence', () => {
    const { tiles: ofCity } = cityOf({ ...minimalCity(), tiles });
    expect(ofCity).toEqual({ ...tiles, attributionUrl: '', maxZoom: 19 });
    expect(tilesOf(readConfig([], {}), ofCity)).toEqual(ofCity);
    expect(tilesOf(readConfig(['--tiles', 'off'], {}), ofCity)).toBeNull();
    expect(tilesOf(readConfig([], { TILES_URL: 'https://other.example/{z}/{x}/{y}.png' }), ofCity)?.url).toMatch(
      /^https:\/\/other\.example/,
    );
    // An empty variable counts as not set.
    expect(tilesOf(readConfig([], { TILES_URL: '' }), ofCity)).toEqual(ofCity);
  });

  it('is none if the file says so, and the default if it says nothing', () => {
    expect(tilesOf(readConfig([], {}), cityOf({ ...minimalCity(), tiles: null }).tiles)).toBeNull();
    expect(tilesOf(readConfig([], {}), cityOf(minimalCity()).tiles)?.url).toContain('tile.openstreetmap.org');
  });

  it('can be an archive', () => {
    const archive = { url: 'https://maps.example/town.pmtiles', attribution: 'Example' };
    expect(cityOf({ ...minimalCity(), tiles: archive }).tiles?.url).toBe('pmtiles://https://maps.example/town.pmtiles');
  });
});

describe('faults in the words, languages and tiles of a file name the field', () => {
  const url = 'https://tile.example.org/{z}/{x}/{y}.png';
  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ wording: { vendor: { de: { other: 'Brunnen' } } } }, 'wording.vendor.de: there is no such field'],
    [{ wording: { vendor: { en: { one: 'stall' } } } }, 'wording.vendor.en.other: is missing'],
    [{ wording: { vendor: { en: { other: ' ' } } } }, 'wording.vendor.en.other: must not be blank'],
    [{ wording: { vendor: { en: { other: 'x'.repeat(41) } } } }, 'wording.vendor.en.other: must not be longer than 40'],
    [{ wording: { permits: 'no' } }, 'wording.permits: must be'],
    [{ languages: [] }, 'languages: must have one language or more'],
    [{ languages: ['en', 'en'] }, 'languages: must not have a language twice'],
    [{ languages: ['de'] }, 'languages[0]: must be'],
    [{ tiles: { url } }, 'tiles.attribution: is missing'],
    [{ tiles: { url: 'https://tile.example.org/map.png', attribution: 'x' } }, 'tiles.url: must be an http or https'],
    [{ tiles: { url: '/basemap/town.pmtiles', attribution: 'x' } }, 'tiles.url: must be an http or https address'],
    [{ tiles: { url, attribution: 'x', maxZoom: 40 } }, 'tiles.maxZoom: must'],
    [{ tiles: { url, attribution: 'x', attributionUrl: 'example.org' } }, 'tiles.attributionUrl: must be an address'],
  ])('%j', (changes, fault) => {
    expect(faultOf(changes)).toContain(fault);
  });
});

it.each(['chicken', 'pollo', '鸡肉', 'курица'])(
  '%s is understood in a city whose page is only in English',
  async (q) => {
    const city = cityOf({ ...minimalCity(), languages: ['en'] });
    const row = { Id: '1', Stall: 'Ann', Menu: 'Grilled chicken', Latitude: '40.5', Longitude: '-89.5' };
    const { release } = releaseOf(city, json(row, { ...row, Id: '2', Stall: 'Bea', Menu: 'Soup' }));
    const response = await appOf(openEmbedded(release)).request(`/search?q=${encodeURIComponent(q)}`);
    const { trucks } = (await response.json()) as { trucks: { name: string }[] };
    expect(trucks.map(({ name }) => name)).toEqual(['Ann']);
  },
);

it('the languages of a city are those of the page', () => {
  expect([...PAGE_LANGUAGES].sort()).toEqual(Object.keys(LANGUAGES).sort());
});
