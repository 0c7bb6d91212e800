import { type BenchEngine, EngineUnavailable } from '../bench-engine.ts';
import { benchDocuments } from '../documents.ts';
import { type Answer, BOX, CENTER, MINUTE, RADIUS_METRES, type Task } from '../tasks.ts';

const BATCH = 5_000;

/** OpenSearch with one flat document per branch, collapsed by vendor. Vendors are not counted, because it only estimates their number. */
export async function opensearch(branches: number): Promise<BenchEngine> {
  const url = process.env.OPENSEARCH_URL;
  if (!url) {
    throw new EngineUnavailable(
      'OPENSEARCH_URL is not set: docker run -p 127.0.0.1:9200:9200 -e discovery.type=single-node -e DISABLE_SECURITY_PLUGIN=true opensearchproject/opensearch:3.8.0, and set it to http://127.0.0.1:9200',
    );
  }
  const index = `${url}/curbside-bench-${process.pid}`;
  const send = async (path: string, method: string, body?: string) => {
    const headers = { 'Content-Type': path === '/_bulk' ? 'application/x-ndjson' : 'application/json' };
    const response = await fetch(`${index}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!response.ok)
      throw new Error(`OpenSearch returned ${response.status} for ${path}: ${(await response.text()).slice(0, 300)}`);
    return (await response.json()) as { hits: { total: { value: number }; hits: { sort?: number[] }[] } };
  };
  const keyword = { type: 'keyword' };
  await send(
    '',
    'PUT',
    JSON.stringify({
      settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1, 'queries.cache.enabled': false },
      mappings: {
        properties: {
          text: { type: 'text', analyzer: 'whitespace', norms: false, index_options: 'docs' },
          place: { type: 'geo_point' },
          vendor: { type: 'integer' },
          facility: keyword,
          area: keyword,
          category: keyword,
          week: { type: 'integer_range' },
        },
      },
    }),
  );
  let lines: string[] = [];
  const flush = async () => {
    if (lines.length > 0) await send('/_bulk', 'POST', `${lines.join('\n')}\n`);
    lines = [];
  };
  for (const { vendor, lat, lon, tokens, facility, area, categories, week } of benchDocuments(branches)) {
    const spans = week.flatMap(([start, end]) =>
      end > 10_080
        ? [
            { gte: start, lt: 10_080 },
            { gte: 0, lt: end - 10_080 },
          ]
        : [{ gte: start, lt: end }],
    );
    const document = {
      text: tokens.join(' '),
      place: [lon, lat],
      vendor,
      facility,
      area,
      category: categories,
      week: spans,
    };
    lines.push('{"index":{}}', JSON.stringify(document));
    if (lines.length >= BATCH * 2) await flush();
  }
  await flush();
  await send('/_refresh', 'POST');
  await send('/_forcemerge?max_num_segments=1', 'POST');
  return {
    note: 'its own query cache is off; vendors are not counted',
    async run(task) {
      const { hits } = await send('/_search', 'POST', JSON.stringify(bodyOf(task)));
      const needsDistances = task.place === 'radius' || task.place === 'nearest';
      const metres = needsDistances ? hits.hits.map(({ sort }) => sort?.[0] ?? 0).slice(0, 20) : null;
      return { vendors: null, branches: hits.total.value, metres } satisfies Answer;
    },
    async close() {
      await send('', 'DELETE');
    },
  };
}

function bodyOf(task: Task) {
  const { stems, prefix, typo, place, openAt, facets, limit } = task;
  const all: object[] = stems.map((one) => ({ term: { text: one } }));
  if (prefix !== undefined) all.push({ prefix: { text: prefix } });
  if (typo !== undefined)
    all.push({ fuzzy: { text: { value: typo, fuzziness: 1, prefix_length: 1, max_expansions: 1000 } } });
  if (place === 'radius') all.push({ geo_distance: { distance: `${RADIUS_METRES}m`, place: CENTER } });
  if (place === 'box') {
    const { west, south, east, north } = BOX;
    all.push({ geo_bounding_box: { place: { top: north, left: west, bottom: south, right: east } } });
  }
  if (openAt) all.push({ term: { week: MINUTE } });
  const needsDistances = place === 'radius' || place === 'nearest';
  const counts = ['facility', 'area', 'category'].map((field) => [
    field,
    { terms: { field, size: 100 }, aggs: { vendors: { cardinality: { field: 'vendor' } } } },
  ]);
  return {
    size: Math.min(limit, 10_000),
    _source: false,
    track_total_hits: true,
    query: { bool: { filter: all } },
    collapse: { field: 'vendor' },
    ...(needsDistances
      ? { sort: [{ _geo_distance: { place: CENTER, order: 'asc', unit: 'm' } }] }
      : { sort: ['vendor'] }),
    ...(facets ? { aggs: Object.fromEntries(counts) } : {}),
  };
}
