/** An answer as a function URL returns it; header names are in lower case. */
export type OriginAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
export type Origin = (path: string, query: string, headers: Readonly<Record<string, string>>) => Promise<OriginAnswer>;

/** Seconds that a cache policy allows. */
export type TtlLimits = { readonly MinTTL: number; readonly DefaultTTL: number; readonly MaxTTL: number };

type Entry = { answer: OriginAnswer; storedAt: number; lifetime: number; staleFor: number };

/**
 * A shared cache that follows RFC 9111 and the `stale-while-revalidate` of RFC 5861, with the limits of a CloudFront cache policy:
 * `s-maxage` takes precedence over `max-age`, and a stale answer is sent within its window while a new one is fetched. CloudFront has
 * done that since May 2023, with `s-maxage` too.
 * @param now seconds
 */
export function createSharedCache({ origin, limits, now }: { origin: Origin; limits: TtlLimits; now: () => number }) {
  const entries = new Map<string, Entry>();
  const revalidations = new Set<Promise<unknown>>();

  async function fetchAnswer(path: string, query: string): Promise<OriginAnswer> {
    const key = `${path}?${query}`;
    const stored = entries.get(key);
    const tag = stored?.answer.headers.etag;
    let answer = await origin(path, query, tag ? { 'if-none-match': tag } : {});
    if (answer.statusCode === 304 && stored) {
      answer = { ...stored.answer, headers: { ...stored.answer.headers, ...answer.headers } };
    }
    const { lifetime, staleFor, isStored } = freshness(answer, limits);
    if (isStored) entries.set(key, { answer, storedAt: now(), lifetime, staleFor });
    else entries.delete(key);
    return answer;
  }

  return {
    async request(path: string, query: string): Promise<OriginAnswer & { readonly age: number }> {
      const stored = entries.get(`${path}?${query}`);
      const age = stored ? now() - stored.storedAt : 0;
      if (stored && age < stored.lifetime) return { ...stored.answer, age };
      if (stored && age < stored.lifetime + stored.staleFor) {
        const revalidation = fetchAnswer(path, query).finally(() => revalidations.delete(revalidation));
        revalidations.add(revalidation);
        return { ...stored.answer, age };
      }
      return { ...(await fetchAnswer(path, query)), age: 0 };
    },
    /** Waits for the fetches that nobody waits for. */
    settle: () => Promise.all(revalidations),
  };
}

function freshness({ statusCode, headers }: OriginAnswer, { MinTTL, DefaultTTL, MaxTTL }: TtlLimits) {
  const directives = new Map(
    (headers['cache-control'] ?? '').split(',').map((directive) => {
      const [name = '', value = ''] = directive.trim().toLowerCase().split('=');
      return [name, Number(value)] as const;
    }),
  );
  const mustNot = ['no-store', 'private', 'no-cache'].some((name) => directives.has(name));
  const wanted = mustNot ? 0 : (directives.get('s-maxage') ?? directives.get('max-age') ?? DefaultTTL);
  const lifetime = Math.min(Math.max(wanted, MinTTL), MaxTTL);
  return {
    lifetime,
    staleFor: directives.get('stale-while-revalidate') ?? 0,
    isStored: statusCode === 200 && lifetime > 0,
  };
}
