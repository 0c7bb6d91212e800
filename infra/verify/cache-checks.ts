import type { UrlCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import type { SearchAnswer } from './edge-client.ts';

/** Seconds for which the edge may keep an answer (`s-maxage`), and what clocks and networks add. */
const MAX_AGE = 30;
const TOLERANCE = 5;

/** A question that nobody has asked before. */
const newQuestion = () => `/search?q=tacos&limit=1&verify=${Date.now()}${Math.random().toString(36).slice(2, 8)}`;

export const CACHE_CHECKS: readonly UrlCheck[] = [
  {
    name: 'the second request for the same answer is a hit',
    proves: 'the cache policy, and its key',
    needs: 'url',
    run: async ({ edge }) => {
      const question = newQuestion();
      const first = (await edge.get(question)).headers['x-cache'] ?? '';
      expect(/^Miss/.test(first), `the first answer: "${first}"`);
      // Another server of the same location may not have it yet.
      const later = [];
      for (let attempt = 0; attempt < 4; attempt++) later.push((await edge.get(question)).headers['x-cache'] ?? '');
      const hits = later.filter((value) => /^Hit/.test(value)).length;
      expect(hits > 0, `none of ${later.length} later answers is a hit: "${later[0]}"`);
      return `${hits} of ${later.length} were hits`;
    },
  },
  {
    name: 'the edge forgets an answer after half a minute',
    proves: 'CloudFront obeys s-maxage=30, and serves nothing stale',
    needs: 'url',
    run: async ({ edge, clock }) => {
      const question = newQuestion();
      const started = clock.now();
      let oldest = 0;
      while (clock.now() - started < (MAX_AGE + 2 * TOLERANCE) * 1_000) {
        const { headers } = await edge.json<SearchAnswer>(question);
        oldest = Math.max(oldest, Number(headers.age ?? 0));
        expect(oldest <= MAX_AGE + TOLERANCE, `an answer was ${oldest} s old`);
        await clock.sleep(3_000);
      }
      return `the oldest answer was ${oldest} s old`;
    },
  },
  {
    name: 'a matching ETag is answered with 304',
    proves: 'conditional requests pass the edge, with compression too',
    needs: 'url',
    run: async ({ edge }) => {
      for (const coding of ['identity', 'gzip, br']) {
        const question = newQuestion();
        const { headers } = await edge.get(question, { headers: { 'Accept-Encoding': coding } });
        expect(headers.etag, 'the answer has no ETag');
        const again = await edge.get(question, {
          headers: { 'Accept-Encoding': coding, 'If-None-Match': headers.etag },
        });
        expect(again.status === 304, `${coding}: ${again.status} for the ETag ${headers.etag}`);
      }
      return undefined;
    },
  },
  {
    name: 'hashed files are kept for a year, the page is always checked',
    proves: 'the headers of the upload arrive',
    needs: 'url',
    run: async ({ edge }) => {
      const page = await edge.get('/');
      expect(page.headers['cache-control'] === 'no-cache', `/: ${page.headers['cache-control']}`);
      const file = /assets\/[\w-]+-[0-9A-Z]{8}\.\w+/.exec(page.body)?.[0];
      expect(file, 'the page names no hashed file');
      const { status, headers } = await edge.get(`/${file}`);
      const kept = headers['cache-control'] ?? '';
      expect(status === 200 && /max-age=31536000.*immutable/.test(kept), `/${file}: ${status}, "${kept}"`);
      return undefined;
    },
  },
];
