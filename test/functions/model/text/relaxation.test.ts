import { describe, expect, it } from 'vitest';
import type { SearchQuery } from '../../../../functions/model/query.ts';
import { WELL } from '../../../fixtures/town.ts';
import { NIGHT, NOON, openAt, relax, within } from './relaxed-town.ts';

describe('query relaxation', () => {
  it.each<[string, Partial<SearchQuery>, [string, string | null][], string[]]>([
    ['changes nothing if something is found', { text: 'tacos' }, [], ['Taco Cart']],
    ['corrects typos', { text: 'burito' }, [['q', 'burrito']], ['Burrito Cart']],
    ['corrects a typo in one of two words', { text: 'fish buritos' }, [['q', 'fish burritos']], ['Burrito Cart']],
    [
      'allows a word to be lacking',
      { text: 'fish sushi' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Taco Cart'],
    ],
    [
      'finds vendors with either word, and reports the words of the first',
      { text: 'noodles fish' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Night Noodles', 'Taco Cart'],
    ],
    ['finds both on a tie', { text: 'burritos noodles' }, [['q', 'burritos']], ['Burrito Cart', 'Night Noodles']],
    ['keeps the other words in their order', { text: 'fish sushi tacos' }, [['q', 'fish tacos']], ['Taco Cart']],
    [
      'takes a phrase as one word',
      { text: 'hot dogs fish' },
      [['q', 'hot dogs']],
      ['Burrito Cart', 'Dog House', 'Fish Shack', 'Taco Cart'],
    ],
    [
      'allows two words to be lacking if no vendor has the others',
      { text: 'tacos noodles sushi' },
      [['q', 'noodles']],
      ['Night Noodles', 'Taco Cart'],
    ],
    ['keeps at least one word', { text: 'tacos sushi ramen pizza' }, [['q', 'tacos']], ['Taco Cart']],
    ['never gives up a diet', { text: 'halal tacos' }, [], []],
    ['never gives up an allergen', { text: 'gluten free tacos', ...within(100), ...openAt(NIGHT) }, [], []],
    ['never gives up an exclusion', { text: 'fish sushi -chips -burritos' }, [['q', 'fish']], ['Taco Cart']],
    ['never corrects a diet into another word', { text: 'vegan', ...openAt(NOON) }, [], []],
    ['never corrects quoted words', { text: '"fish buritos"' }, [], []],
    ['finds nothing if every vendor is excluded', { text: '-fish -hot -noodles', ...within(100) }, [], []],
    ['needs no optional word', { text: 'best taco truck' }, [], ['Taco Cart']],
    [
      'allows a word to be lacking and corrects another',
      { text: 'sushi buritos' },
      [['q', 'burritos']],
      ['Burrito Cart'],
    ],
    ['drops the time after the words', { text: 'tacos', ...openAt(NIGHT) }, [['open_at', null]], ['Taco Cart']],
    [
      'allows words to be lacking before it drops the time',
      { text: 'fish noodles', ...openAt(NIGHT) },
      [['q', 'noodles']],
      ['Night Noodles'],
    ],
    [
      'restores all words when it drops the time',
      { text: 'fish tacos', ...openAt(NIGHT) },
      [['open_at', null]],
      ['Taco Cart'],
    ],
    [
      'corrects typos again without the time',
      { text: 'burito', ...openAt(NIGHT) },
      [
        ['q', 'burrito'],
        ['open_at', null],
      ],
      ['Burrito Cart'],
    ],
    ['doubles the radius', { text: 'chips', ...within(500) }, [['radius', '4000']], ['Fish Shack']],
    [
      'widens the area only if no vendor in it has any of the words',
      { text: 'tacos sushi', ...within(500) },
      [['q', 'tacos']],
      ['Taco Cart'],
    ],
    ['widens the area without words', within(10), [['radius', '320']], ['Taco Cart']],
    [
      'reports every step',
      { text: 'chipz sushi', ...within(1000), ...openAt(NIGHT) },
      [
        ['q', 'chips'],
        ['open_at', null],
        ['radius', '4000'],
      ],
      ['Fish Shack'],
    ],
    ['keeps the other filters', { text: 'tacos', status: 'expired' }, [], []],
    ['finds nothing if no word matches', { text: 'sushi' }, [], []],
    ['finds nothing for punctuation alone', { text: '?!' }, [], []],
    ['finds nothing for punctuation alone in any area', { text: '?!', ...within(100), ...openAt(NOON) }, [], []],
  ])('%s', async (_, requested, steps, names) => {
    const relaxed = await relax(requested);
    expect(relaxed.steps).toEqual(steps);
    expect([...relaxed.names].sort()).toEqual(names);
    for (const { hits } of relaxed.relaxed) expect(hits).toBe(relaxed.result.vendors);
  });

  it('finds the only word that matches, in any position', async () => {
    expect((await relax({ text: 'sushi ramen tacos' })).steps).toEqual([['q', 'tacos']]);
  });

  it('reports the previous values', async () => {
    const { relaxed } = await relax({ text: 'Chipz sushi', ...within(1000), ...openAt(NIGHT) });
    expect(relaxed.map(({ param, from }) => [param, from])).toEqual([
      ['q', 'Chipz sushi'],
      ['open_at', 'open'],
      ['radius', '1000'],
    ]);
  });

  it('doubles a box around its centre, and reports the new box', async () => {
    const box = { west: WELL.lon + 0.001, east: WELL.lon + 0.002, south: WELL.lat - 0.001, north: WELL.lat + 0.001 };
    const { names, relaxed, query } = await relax({ text: 'tacos', box });
    expect(names).toEqual(['Taco Cart']);
    expect(relaxed.map(({ param }) => param)).toEqual(['bbox']);
    expect((query.box?.west ?? 0) + (query.box?.east ?? 0)).toBeCloseTo(box.west + box.east, 9);
    expect(relaxed[0]?.to?.split(',').map(Number)).toHaveLength(4);
  });

  it('runs one query if something is found, on every page', async () => {
    expect(await relax({ text: 'fish' })).toMatchObject({ calls: 1, relaxed: [] });
    const after = { score: 0, distanceMetres: 0, name: 'zzz', id: 'zzz' };
    expect(await relax({ text: 'fish', after })).toMatchObject({ calls: 1, relaxed: [], names: [] });
  });
});
