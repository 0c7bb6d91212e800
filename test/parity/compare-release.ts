import { openEmbedded } from '../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { openOpenSearch } from '../../functions/engine/opensearch/engine.ts';
import type { SearchQuery } from '../../functions/model/query.ts';
import type { Release } from '../../functions/model/release.ts';
import {
  isOnTheEdge,
  pagingDifferences,
  relaxationDifferences,
  resultDifferences,
  suggestionDifferences,
} from '../functions/engine/engine-differences.ts';
import type { Scratch } from '../functions/engine/opensearch/cluster.ts';
import type { ParityQuestion } from './parity-questions.ts';

/** Vendors of a result that is then asked for page by page, at most. */
const LONGEST_WALK = 2_000;
/** Relaxation doubles a radius until it is 50 km. */
const MOST_DOUBLINGS = 16;

/** Both engines over one release. */
export type EnginePair = { readonly release: Release; readonly embedded: Engine; readonly cluster: Engine };

/** Publishes a release to the cluster. */
export async function openPair(release: Release, { sink, client, alias }: Scratch): Promise<EnginePair> {
  await sink.publish(release, {});
  return { release, embedded: openEmbedded(release), cluster: openOpenSearch(client, alias)() };
}

/** What the engines return differently, and how much the reference found. */
export type Comparison = { readonly differences: readonly string[]; readonly results: number };

export async function compare(pair: EnginePair, question: ParityQuestion): Promise<Comparison> {
  const { embedded, cluster } = pair;
  if (question.ask === 'suggest') {
    const { differences, rows } = await suggestionDifferences(question.query, embedded, cluster);
    return { differences, results: rows };
  }
  const query = awayFromEdges(question.query, pair.release);
  switch (question.ask) {
    case 'search': {
      const [expected, found] = [await embedded.search(query), await cluster.search(query)];
      return { differences: resultDifferences(query, expected, found), results: expected.vendors };
    }
    case 'pages': {
      const whole = await cluster.search({ ...query, limit: LONGEST_WALK });
      const expected = await embedded.search({ ...query, limit: LONGEST_WALK });
      const differences = [
        ...resultDifferences({ ...query, limit: LONGEST_WALK }, expected, whole),
        ...(await pagingDifferences(cluster, query, whole)),
        ...(await pagingDifferences(embedded, query, expected)),
      ];
      return { differences, results: whole.vendors };
    }
    case 'relaxation': {
      const { differences, vendors } = await relaxationDifferences(query, embedded, cluster);
      return { differences, results: vendors };
    }
  }
}

/** The query with a radius that is some metres longer, if a branch is so near to it or to one of its doubles that engines may disagree. */
function awayFromEdges(query: SearchQuery, release: Release): SearchQuery {
  if (query.radiusMetres === null) return query;
  const doubles = Array.from({ length: MOST_DOUBLINGS }, (_, at) => 2 ** at);
  let radiusMetres = query.radiusMetres;
  const isOnAnEdge = () =>
    doubles.some((times) => isOnTheEdge({ ...query, radiusMetres: radiusMetres * times }, release));
  while (isOnAnEdge()) radiusMetres++;
  return { ...query, radiusMetres };
}
