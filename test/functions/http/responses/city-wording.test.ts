import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { withCityMark } from '../../../../functions/http/responses/city-mark.ts';
import { listPage as listParts } from '../../../../functions/http/responses/list-page.ts';
import { withCityTags } from '../../../../functions/http/responses/share-tags.ts';
import type { CityWording } from '../../../../functions/model/city-wording.ts';
import type { Release } from '../../../../functions/model/release.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const FOUNTAINS: CityWording = {
  vendor: { en: { one: 'drinking fountain', other: 'drinking fountains' } },
  food: false,
  permits: false,
};
const STALLS: CityWording = {
  vendor: { en: { one: 'market stall', other: 'market stalls' } },
  food: true,
  permits: false,
};
const TRUCKS: CityWording = {
  vendor: { en: { one: 'food truck', other: 'food trucks' } },
  food: true,
  permits: true,
};
/** Without permits, a place has neither a number nor a page of one. */
const BARE = { facility: 'unknown', permit: null, permitUrl: null, expires: null } as const;
const OPEN = { hours: { source: 'permit', text: null, week: [[660, 840]], complete: true } } as const;

function townWith(wording: CityWording, vendors: Vendor[], name = 'Oasis'): Release {
  const { city, ...release } = town(vendors);
  return { ...release, city: { ...city, name, wording } };
}

const read = async (release: Release, path: string) => {
  const response = await appOf(openEmbedded(release)).request(path);
  return { status: response.status, text: await response.text() };
};
const listOf = (release: Release) => [...listParts(release)].join('');
/** Words of street food with permits, without the names of files and tags. */
const OTHER_WORDS = /street food|\bvendors?\b|\bpermits?\b|permitted|\bsells?\b|\bdish|truck/i;
const visible = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/ href="[^"]*"/g, '');

describe('a list of drinking fountains', () => {
  const well = vendor('Well', [], [branch('a', 0, 0, { ...BARE, ...OPEN, facility: 'drinking_fountain' })]);
  const release = townWith(FOUNTAINS, [well, vendor('Pump', [], [branch('b', 9, 0, BARE)])]);

  it('says nothing of food, vendors and permits on the page of one', async () => {
    const { status, text } = await read(release, '/v/well');
    expect(status).toBe(200);
    expect(visible(text)).not.toMatch(OTHER_WORDS);
    expect(text).toContain('<title>Well · Drinking fountains in Oasis · Curbside</title>');
    expect(text).toContain('content="Drinking fountain at one place in Oasis. Where it is and when it is open."');
    expect(text).toContain('Open: Mon 11\u00a0am–2\u00a0pm');
    expect(text).not.toContain('Not listed');
    expect(text).toContain('"@type":"Place"');
  });

  it('says nothing of them on the plain list', () => {
    const text = listOf(release);
    expect(visible(text)).not.toMatch(OTHER_WORDS);
    expect(text).toContain('<h1>Drinking fountains in Oasis: the whole list</h1>');
    expect(text).toContain('2 drinking fountains at 2 places.');
    expect(text).toContain('<h2>Drinking fountains: 2 drinking fountains at 2 places</h2>');
    expect(text).not.toContain('Not listed');
  });

  it('has calendars of when they are open', async () => {
    for (const path of ['/trucks/well.ics', '/search?status=any&format=ics']) {
      const text = (await read(release, path)).text.replaceAll('\r\n ', '');
      expect(text).toContain('SUMMARY:Well (open)');
      expect(text).not.toMatch(OTHER_WORDS);
    }
    expect((await read(release, '/search?status=any&format=ics')).text).toContain(
      'X-WR-CALNAME:Drinking fountains in Oasis',
    );
  });

  it('is in /meta, which has null for street food with permits', async () => {
    const { city } = JSON.parse((await read(release, '/meta')).text);
    expect([city.wording, city.languages]).toEqual([FOUNTAINS, null]);
    const other = JSON.parse((await read(town(), '/meta')).text);
    expect([other.city.wording, other.city.languages]).toEqual([null, null]);
  });

  it('has its name only, if it is called like what it lists', () => {
    expect(listOf(townWith(FOUNTAINS, [well], 'Drinking fountains'))).toContain(
      '<h1>Drinking fountains: the whole list</h1>',
    );
  });

  it('shows a state other than the usual one', async () => {
    const closed = townWith(FOUNTAINS, [vendor('Dry', [], [branch('a', 0, 0, { ...BARE, status: 'inactive' })])]);
    const { status, text } = await read(closed, '/v/dry');
    expect([status, text.includes('This drinking fountain is not in use.')]).toEqual([410, true]);
    expect(text).toContain('Inactive');
    expect(visible(text)).not.toMatch(OTHER_WORDS);
    expect(listOf(closed)).toContain('<h2>Not in use: 1 drinking fountain at 1 place</h2>');
  });
});

it('a market without permits has food, and says when stalls are open', async () => {
  const release = townWith(STALLS, [vendor('Bao', ['Bao buns'], [branch('a', 0, 0, { ...OPEN, facility: 'stand' })])]);
  const { text } = await read(release, '/v/bao');
  expect(text).toContain('<h2>Food</h2>\n<p><bdi>Bao buns</bdi></p>');
  expect(visible(`${text}${listOf(release)}`)).not.toMatch(/permit|vendor|street food/i);
  expect(text).toContain('content="Bao buns: at one place in Oasis. Where it is and when it is open."');
  expect(text).toContain('"@type":"FoodEstablishment"');
});

it('food trucks with permits keep what is said of permits', async () => {
  const release = townWith(TRUCKS, [vendor('Taco', ['Tacos'], [branch('a', 0, 0, OPEN)])]);
  const { text } = await read(release, '/v/taco');
  expect(text).toContain('A permit says where and when one of these food trucks is permitted to operate.');
  expect(text).toContain('Permitted to operate: Mon');
  expect(text).toContain('<a href="/">Food trucks in Oasis</a> · <a href="/data/list.html">All food trucks</a>');
  expect(listOf(release)).toContain('Approved permits: 1 food truck at 1 place');
});

it('without English words, the plain pages say "place"', () => {
  const release = townWith({ vendor: { es: { other: 'fuentes' } }, food: false, permits: false }, [
    vendor('Well', [], [branch('a', 0, 0), branch('b', 9, 0)]),
  ]);
  const text = listOf(release);
  expect(text).toContain('<h1>Places in Oasis: the whole list</h1>\n<p>1 place. ');
});

it('the page of one of several cities has its mark, its languages and what it lists, whatever comes first', () => {
  const { city } = townWith(FOUNTAINS, []);
  const spanish = { ...city, languages: ['es', 'en'] };
  const expected = '<html data-city="oasis" lang="es" data-languages="es en" data-wording>';
  expect(withCityTags(withCityMark('<html lang="en">', 'oasis'), spanish)).toBe(expected);
  expect(withCityMark(withCityTags('<html lang="en">', spanish), 'oasis')).toBe(expected);
});
