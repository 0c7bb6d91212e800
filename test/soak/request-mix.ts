import type { Random } from '../fixtures/random.ts';

/** What earlier answers told a client. */
export type Memory = {
  ids: string[];
  versions: string[];
  /** The next page of an earlier search. */
  nextPage: string | null;
  /** ETags by target. */
  tags: Map<string, string>;
  assets: string[];
};

export type Target = { readonly target: string; readonly headers: readonly string[] };

const QUESTIONS = [
  ...[
    'tacos',
    'coffee',
    'cofee',
    'fish tacos',
    '"ice cream"',
    'vegan',
    'tacos -coffee',
    'main st',
    'vendor 12',
    'noodls',
  ],
  ...[
    'where can i get good cheap fish tacos',
    'zzqx tacos',
    'open now',
    'tacos near me',
    'такос',
    '咖啡',
    'sandwich without tea',
  ],
];
const FILTERS = [
  ...[
    'sort=name',
    'sort=best',
    'radius=2000',
    'open_now=true',
    'open_at=wed12:15',
    'hours=known',
    'facets=category,open,area',
  ],
  ...[
    'explain=1',
    'fields=name,items',
    'strict=true',
    'status=any',
    'bbox=-122.45,37.72,-122.40,37.79',
    'exclude=coffee',
    'limit=3',
  ],
];
const COMMON = ['tacos', 'coffee', 'hot dogs'];

/** The next request of a client: most search, the others read everything else that the server has. */
export function nextTarget(memory: Memory, random: Random): Target {
  const target = someTarget(memory, random);
  const headers = random.chance(0.5) ? ['Accept-Encoding: gzip'] : [];
  const tag = memory.tags.get(target);
  // The map of a long run must not be a leak of the test.
  if (memory.tags.size > 200) memory.tags.clear();
  return { target, headers: tag && random.chance(0.7) ? [...headers, `If-None-Match: ${tag}`] : headers };
}

function someTarget({ ids, versions, nextPage, assets }: Memory, random: Random): string {
  const near = `lat=${(37.71 + random.next() * 0.1).toFixed(4)}&lon=-122.${400 + random.below(99)}`;
  const [id = 'none', version = 'none'] = [random.pick(ids), random.pick(versions)];
  const kind = random.next();
  if (kind < 0.12) return `/search?q=tacos&limit=${1 + random.below(20)}&${near}`;
  if (kind < 0.18) return `/search?q=${encodeURIComponent(random.pick(COMMON))}&limit=12`;
  if (kind < 0.45) {
    const filters = Array.from({ length: random.below(4) }, () => random.pick(FILTERS));
    // `open_now` and `open_at` exclude each other.
    const unique = [...new Map(filters.map((one) => [one.slice(0, 4), one])).values()];
    return [`/search?q=${encodeURIComponent(random.pick(QUESTIONS))}`, near, ...unique].join('&');
  }
  if (kind < 0.6) return `/suggest?q=${encodeURIComponent(random.pick(QUESTIONS).slice(0, 1 + random.below(6)))}`;
  if (kind < 0.68) return `/trucks/${id}`;
  if (kind < 0.72) return `/trucks/${id}.ics`;
  if (kind < 0.76) return `/search?q=coffee&format=csv&${near}&radius=3000`;
  if (kind < 0.79) return `/search?q=tea&format=geojson&${near}&radius=3000`;
  if (kind < 0.82) return `/search?q=curry&format=ics&${near}&radius=3000`;
  if (kind < 0.86) return nextPage ?? '/search?q=tacos&limit=7';
  if (kind < 0.9) return '/meta';
  if (kind < 0.93)
    return random.pick(['/data/current.json', `/data/${version}/places.csv`, `/data/${version}/quality.txt`]);
  if (kind < 0.94) return `/data/${version}/release.json`;
  if (kind < 0.95) return random.pick(['/healthz', '/readyz', '/openapi.json']);
  return random.pick(assets);
}
