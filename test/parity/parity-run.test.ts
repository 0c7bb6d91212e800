import { afterAll, describe, expect, it } from 'vitest';
import { EVERYTHING, type SearchQuery } from '../../functions/model/query.ts';
import { ANYTHING } from '../fixtures/query.ts';
import { noSharedData } from '../fixtures/shared-data.ts';
import { noCluster, type Scratch, scratch } from '../functions/engine/opensearch/cluster.ts';
import { vocabularyOf } from '../functions/engine/random-town.ts';
import { readQuestions } from '../relevance/question-tables.ts';
import { loadSnapshot, SNAPSHOTS } from '../relevance/snapshots.ts';
import { compare, openPair } from './compare-release.ts';
import { minimalQuery } from './minimal-query.ts';
import { KINDS } from './parity-questions.ts';
import { questionsFor } from './question-plan.ts';

const SEED = 1;

describe.skipIf(noCluster || noSharedData)('a part of the parity run', () => {
  const clusters: Scratch[] = [];
  afterAll(async () => {
    await Promise.all(clusters.map((one) => one.close()));
  });

  it.each(['2017', 'vancouver'] as const)('has no differences over %s', { timeout: 180_000 }, async (name) => {
    const release = await loadSnapshot(SNAPSHOTS[name]);
    const cluster = scratch();
    clusters.push(cluster);
    const pair = await openPair(release, cluster);
    const judged = readQuestions();
    const plan = questionsFor({ vocabulary: vocabularyOf(release), judged, total: 120, seed: SEED, at: 0, of: 1 });
    let found = 0;
    for (const { kind, question } of plan) {
      const { differences, results } = await compare(pair, question);
      expect(differences, `${kind}: ${JSON.stringify(question)}`).toEqual([]);
      if (results > 0) found++;
    }
    expect(found, 'questions with results').toBeGreaterThan(40);
  });
});

describe('the plan of a parity run', () => {
  const vocabulary = {
    words: ['tacos'],
    categories: [],
    facilities: [],
    areas: [],
    center: { lat: 1, lon: 2 },
    corners: [{ lat: 1, lon: 2 }],
  };
  const plan = (seed: number, at = 0) =>
    questionsFor({ vocabulary, judged: readQuestions(), total: 2000, seed, at, of: 5 });

  it('is the same for the same seed, and has every kind in its share', () => {
    expect(plan(SEED)).toEqual(plan(SEED));
    expect(plan(SEED)).not.toEqual(plan(SEED + 1));
    const all = [0, 1, 2, 3, 4].flatMap((at) => plan(SEED, at));
    expect(all).toHaveLength(2000);
    for (const [kind, share] of Object.entries(KINDS)) {
      expect(
        all.filter((one) => one.kind === kind),
        kind,
      ).toHaveLength(2000 * share);
    }
  });
});

describe('a query with a difference', () => {
  it('is made as plain as possible, but keeps what the difference needs', async () => {
    const query: SearchQuery = {
      ...ANYTHING,
      text: 'best tacos near the well',
      origin: { lat: 1, lon: 2 },
      radiusMetres: 500,
      category: ['mexican'],
      facets: ['area'],
      typos: true,
    };
    const plain = await minimalQuery(query, async ({ text, typos }) => text.includes('tacos') && typos);
    expect(plain).toEqual({ ...EVERYTHING, text: 'tacos', typos: true });
    expect(await minimalQuery(query, async (one) => one === query)).toBe(query);
  });
});
