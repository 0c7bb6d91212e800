import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { possibleStreets } from '../../../web/api/street-candidates.ts';
import { type KnownPlaces, splitText } from '../../../web/api/what-and-where.ts';

/** Addresses at the corners of a grid: streets that the same corner names meet there, and no others do. */
const CORNERS: readonly (readonly string[])[] = [
  ['555 MARKET ST', '85 02ND ST'],
  ['901 MISSION ST', '10 05TH ST', '12 5TH ST'],
  ['2000 MISSION ST', '3100 16TH ST'],
  ['3601 SAN BRUNO AVE', '2801 24TH ST'],
  ['1 DR CARLTON B GOODLETT PL', '300 GROVE ST'],
  ['100 GEARY BLVD', '1 01ST ST'],
  // Streets that are also food, none of which meet.
  ['1 FISH ST'],
  ['1 MAC ALY'],
  ['1 CHEESE CT'],
  ['200 BERRY ST'],
  ['200 CHERRY ST'],
  ['9 MARKET BAY BLVD', '9 07TH ST'],
];
const known: KnownPlaces = {
  areas: [
    { name: 'Mission', also: [] },
    { name: 'Outer Mission', also: [] },
    { name: 'South of Market', also: ['soma'] },
    { name: 'Financial District/South Beach', also: ['Financial District', 'South Beach', 'fidi'] },
    { name: 'Noe Valley', also: [] },
    { name: 'Chinatown', also: ['barrio chino', '唐人街', 'чайнатаун', 'китайский квартал'] },
    { name: 'Potrero Hill', also: [] },
  ],
  points: CORNERS.flatMap((addresses, corner) =>
    addresses.map((address, at) => ({ address, lat: 1 + corner / 100 + at / 10_000, lon: 1 })),
  ),
  vendors: ['Chairman & Mission', 'Market & 2nd Deli', 'Señor Sisig', 'Bread in the Mission'],
};

const MARKET = 'Market St + 2nd St';
const FIFTH = 'Mission St + 5th St';
const SIXTEENTH = 'Mission St + 16th St';

/** A place as the table writes it; `?` after it: only suggested. */
function written(text: string): [string, string] | null {
  const split = splitText(text, known);
  if (!split) return null;
  const { place } = split;
  const name = place.kind === 'area' ? place.name : place.streets.join(' + ');
  return [split.words, `${name}${split.isCertain ? '' : '?'}`];
}

describe('what and where', () => {
  it.each<[string, string, string]>([
    // Intersections with a preposition.
    ['tacos near market and 2nd', 'tacos', MARKET],
    ['near market and 2nd', '', MARKET],
    ['tacos at Market St & 02ND STREET', 'tacos', MARKET],
    ['hot dogs and soda near 5th and mission', 'hot dogs and soda', '5th St + Mission St'],
    ['fish and chips near market and 2nd', 'fish and chips', MARKET],
    ['mac & cheese by 16th/mission', 'mac & cheese', '16th St + Mission St'],
    ['coffee on the corner of market and second', 'coffee', MARKET],
    ['near 2nd and market tacos', 'tacos', '2nd St + Market St'],
    ['tacos near market and 2nd open now', 'tacos open now', MARKET],
    ['tacos near market 2nd', 'tacos', MARKET],
    ['tacos cerca de market y 2nd', 'tacos', MARKET],
    ['tacos en la esquina de Market con 2nd', 'tacos', MARKET],
    ['café junto a mission y 5th', 'café', FIFTH],
    ['тако рядом с market и 2nd', 'тако', MARKET],
    ['тако около Market & 2nd', 'тако', MARKET],
    ['кофе на углу mission и 16th', 'кофе', SIXTEENTH],
    ['在 market 和 2nd 附近', '', MARKET],
    ['market和2nd附近的tacos', 'tacos', MARKET],
    ['咖啡在market和2nd附近', '咖啡', MARKET],
    ['pizza near san bruno and 24th', 'pizza', 'San Bruno Ave + 24th St'],
    ['juice near dr carlton b goodlett and grove', 'juice', 'Dr Carlton B Goodlett Pl + Grove St'],
    ['tea near first and geary', 'tea', '1st St + Geary Blvd'],
    // Intersections without one.
    ['market and 2nd', '', MARKET],
    ['mission/16th st', '', SIXTEENTH],
    ['tacos market & 2nd', 'tacos', MARKET],
    ['market & 2nd tacos', 'tacos', MARKET],
    ['market street & 2nd street vegan tacos', 'vegan tacos', MARKET],
    ['fish and chips market and 2nd', 'fish and chips', MARKET],
    ['mac and cheese 5th & mission', 'mac and cheese', '5th St + Mission St'],
    ['16th mission', '', '16th St + Mission St'],
    // A vendor has all of these words.
    ['2nd market', '', '2nd St + Market St?'],
    ['tacos market 2nd', 'tacos', MARKET],
    ['tacos market st 2nd st', 'tacos', MARKET],
    ['tacos san bruno & 24th', 'tacos', 'San Bruno Ave + 24th St'],
    ['Market y 2nd', '', MARKET],
    ['тако market и 2nd', 'тако', MARKET],
    ['tacos no onions market & 2nd', 'tacos no onions', MARKET],
    // Neighbourhoods.
    ['tacos in soma', 'tacos', 'South of Market'],
    ['tacos in south of market', 'tacos', 'South of Market'],
    ['coffee in the mission', 'coffee', 'Mission'],
    ['coffee in the mission district', 'coffee', 'Mission'],
    ['coffee in outer mission', 'coffee', 'Outer Mission'],
    ['near mission', '', 'Mission'],
    ['in the Mission burritos', 'burritos', 'Mission'],
    ['lunch around fidi', 'lunch', 'Financial District/South Beach'],
    ['lunch near south beach', 'lunch', 'Financial District/South Beach'],
    ['café en Noe Valley', 'café', 'Noe Valley'],
    ['tacos cerca de la mission', 'tacos', 'Mission'],
    ['кофе в Chinatown', 'кофе', 'Chinatown'],
    ['咖啡在mission附近', '咖啡', 'Mission'],
    ['咖啡位於mission旁邊', '咖啡', 'Mission'],
    ['market與2nd附近的tacos', 'tacos', MARKET],
    ['chinatown附近的咖啡', '咖啡', 'Chinatown'],
    ['唐人街附近的咖啡', '咖啡', 'Chinatown'],
    ['咖啡在唐人街', '咖啡', 'Chinatown'],
    ['Market 與 2nd 路口旁邊的咖啡', '咖啡', MARKET],
    ['唐人街那邊的茶', '茶', 'Chinatown'],
    ['唐人街的好吃的面条', '好吃的面条', 'Chinatown'],
    ['кофе рядом с чайнатауном', 'кофе', 'Chinatown'],
    ['чай в Китайском квартале', 'чай', 'Chinatown'],
    ['café en el barrio chino', 'café', 'Chinatown'],
    ['soda and chips in chinatown?', 'soda and chips', 'Chinatown'],
    // Only suggested: another meaning is possible.
    ['coffee mission', 'coffee', 'Mission?'],
    ['burrito mission', 'burrito', 'Mission?'],
    ['tea noe valley', 'tea', 'Noe Valley?'],
    ['vegan soma', 'vegan', 'South of Market?'],
    ['coffee outer mission', 'coffee', 'Outer Mission?'],
    ['coffee in mis', 'coffee', 'Mission?'],
    ['tacos near potr', 'tacos', 'Potrero Hill?'],
    ['market & 2nd deli', 'deli', `${MARKET}?`],
    ['bread in the mission', 'bread', 'Mission?'],
  ])('%s: %s, %s', (text, words, place) => {
    expect(written(text)).toEqual([words, place]);
  });

  it.each([
    'fish and chips',
    'mac and cheese',
    'mac & cheese',
    'half and half',
    'berry and cherry smoothie',
    'surf & turf',
    '2nd street tacos',
    'tacos 2nd street',
    'mission burrito',
    'mission',
    'market street',
    'tacos market street',
    'tacos near market street',
    'chairman & mission',
    'near me',
    'tacos near me',
    'vegan near union square',
    'tacos near market and 7th',
    'tacos near market and market',
    'market and tacos',
    'market bay and 2nd',
    'ice cream in a cone',
    'hot dog',
    'chicken on a stick',
    'tacos with rice and beans',
    'tacos y burritos',
    'чай и кофе',
    '现在营业的咖啡',
    '好吃的咖啡',
    '現在營業的咖啡',
    'чай с молоком и сахаром',
    'in mi',
    'and',
    '& 2nd',
    'market and',
    '',
  ])('%s names no place', (text) => {
    expect(written(text)).toBeNull();
  });

  it('looks up the words on both sides of each conjunction and numbered street', () => {
    expect(possibleStreets('tacos near Market Street & 2nd')).toEqual(['market', '2nd']);
    expect(possibleStreets('tacos san bruno and 24th')).toEqual(['bruno', '24th']);
    expect(possibleStreets('fish and chips market and second')).toEqual(['fish', 'chips', 'market', '2nd']);
    expect(possibleStreets('near market st 2nd st')).toEqual(['market', '2nd']);
    expect(possibleStreets('2nd street tacos')).toEqual(['2nd', 'tacos']);
    expect(possibleStreets('tacos near mission')).toEqual([]);
  });

  it('never invents a word: the words are those of the text, in their order', () => {
    const pieces = [
      'tacos',
      'near',
      'market',
      '2nd',
      'and',
      '&',
      'in',
      'the',
      'mission',
      'soma',
      '附近',
      'и',
      ',',
      '?',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 10 }), (chosen) => {
        const text = chosen.join(' ');
        const words = (splitText(text, known)?.words ?? '').split(' ').filter((word) => word !== '');
        let at = 0;
        for (const piece of chosen) if (piece === words[at]) at++;
        expect(at).toBe(words.length);
      }),
    );
  });
});
