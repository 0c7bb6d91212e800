import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchQuery } from '../../../../functions/model/query.ts';
import { MOST_COUNTS } from '../../../../functions/model/text/relaxation-plan.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { engine, NIGHT, NOON, openAt, parse, relax, within } from './relaxed-town.ts';
import { relaxStepByStep } from './stepwise-relaxation.ts';

describe('any search', () => {
  const word = fc.constantFrom(
    ...['fish', 'tacos', 'taco', 'buritos', 'noodles', 'hot', 'dogs', 'sushi', 'chips', 'frankfurter', '?'],
    ...['food', 'halal', '-tacos'],
  );
  const parts = fc.record({
    text: fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    radiusMetres: fc.option(fc.integer({ min: 1, max: 5000 })),
    minute: fc.constantFrom(NOON, NIGHT, 5000),
    timed: fc.boolean(),
    limit: fc.constantFrom(1, 3, 100),
  });
  const query = parts.map(({ text, radiusMetres, minute, timed, limit }) => ({
    text,
    limit,
    ...(radiusMetres === null ? {} : within(radiusMetres)),
    ...(timed ? openAt(minute) : { minute }),
  }));

  it('reports every relaxed parameter and changes no other', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const full: SearchQuery = { ...ANYTHING, ...some };
        const { query: used, result, relaxed } = await relax(some);
        const strict = await engine.search(full);
        const reported = new Set(relaxed.map(({ param }) => param));
        if (strict.vendors > 0 || result.vendors === 0) {
          expect(relaxed).toEqual([]);
          expect(result).toEqual(strict);
          return;
        }
        expect(reported.has('q')).toBe(used.mayLack > 0 || used.typos);
        expect(reported.has('open_at')).toBe(used.time !== full.time);
        expect(reported.has('radius')).toBe(used.radiusMetres !== full.radiusMetres);
        const furthest = Math.max(
          ...result.hits.flatMap(({ branches }) => branches.map((one) => one.distanceMetres ?? 0)),
        );
        if (full.radiusMetres !== null && furthest > full.radiusMetres) {
          expect(Number(relaxed.find(({ param }) => param === 'radius')?.to)).toBeGreaterThanOrEqual(furthest);
        }
        expect(result).toEqual(await engine.search(used));
        for (const { hits } of relaxed) expect(hits).toBe(result.vendors);
        const { mayLack, typos, time, radiusMetres, ...rest } = used;
        expect(full).toMatchObject(rest);
      }),
      { numRuns: 500 },
    );
  });

  it('is relaxed to the same query as one attempt after the other', async () => {
    const relaxedTo = new Set<string>();
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const asked: SearchQuery = { ...ANYTHING, ...some };
        if ((await engine.search(asked)).vendors > 0) return;
        const expected = await relaxStepByStep(asked, parse(asked), async (one) => (await engine.search(one)).vendors);
        const { query: used } = await relax(some);
        expect(used).toEqual(expected ?? asked);
        relaxedTo.add(`${used.typos} ${used.mayLack} ${used.time} ${used.radiusMetres === asked.radiusMetres}`);
      }),
      { numRuns: 1_000 },
    );
    // Typos, up to four missing words, the time and the place, in several combinations.
    expect(relaxedTo.size).toBeGreaterThan(8);
  });

  // The search, the counts, the relaxed search and, on a later page, that page.
  const MOST_QUERIES = MOST_COUNTS + 3;

  it('runs a bounded number of queries', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        expect((await relax(some)).calls).toBeLessThanOrEqual(MOST_QUERIES);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['that match nothing', 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima', 4],
    ['of which one matches far away', 'alpha bravo charlie delta echo foxtrot golf chips', MOST_QUERIES - 1],
  ])('runs few queries for many words %s', async (_, text, most) => {
    const { calls, names } = await relax({ text, ...within(10), ...openAt(NIGHT) });
    expect(calls).toBeLessThanOrEqual(most);
    expect(names).toEqual(text.endsWith('chips') ? ['Fish Shack'] : []);
  });
});
