import type { UrlCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import type { EdgeAnswer } from './edge-client.ts';

type Problem = { readonly status?: number; readonly type?: string; readonly problem?: Problem };

/** @throws CheckError unless the answer is a problem of the app with this status */
function expectProblem(what: string, { status, headers, body }: EdgeAnswer, wanted: number): void {
  expect(status === wanted, `${what}: ${status} instead of ${wanted}: ${body.slice(0, 200)}`);
  const type = headers['content-type'] ?? '';
  expect(/json/.test(type), `${what}: the type is ${type || 'missing'}: ${body.slice(0, 100)}`);
  const parsed = JSON.parse(body) as Problem;
  const { status: said, type: link } = parsed.problem ?? parsed;
  expect(
    said === wanted && link?.startsWith('/docs#'),
    `${what}: it is not a problem of the app: ${body.slice(0, 200)}`,
  );
}

/** Answers that come from CloudFront, S3 or Lambda when the template does not say otherwise. */
const OWN_PAGES = 'no answer is a page of CloudFront, XML of S3 or JSON of Lambda';

export const ERROR_CHECKS: readonly UrlCheck[] = [
  {
    name: 'a POST is refused with a problem',
    proves: OWN_PAGES,
    needs: 'url',
    run: async ({ edge }) => {
      for (const path of ['/search?q=tacos', '/']) {
        const answer = await edge.get(path, { method: 'POST', body: 'q=tacos' });
        expectProblem(`POST ${path}`, answer, 405);
        expect(answer.headers.allow?.includes('GET'), `POST ${path} names no allowed methods`);
      }
      return undefined;
    },
  },
  {
    name: 'an unknown path is a problem',
    proves: OWN_PAGES,
    needs: 'url',
    run: async ({ edge }) => {
      for (const path of ['/no/such/path', '/wp-login.php', '/assets/none-AAAAAAAA.js']) {
        expectProblem(path, await edge.get(path), 404);
      }
      return undefined;
    },
  },
  {
    name: 'a wrong parameter is a problem, and is not cached',
    proves: 'error caching is off',
    needs: 'url',
    run: async ({ edge }) => {
      for (let attempt = 1; attempt <= 2; attempt++) {
        const answer = await edge.get('/search?lat=91');
        expectProblem('lat=91', answer, 400);
        const cached = /^(Hit|RefreshHit)/.test(answer.headers['x-cache'] ?? '') || Number(answer.headers.age) > 0;
        expect(!cached, `the error was cached: ${answer.headers['x-cache']}`);
      }
      return undefined;
    },
  },
  {
    name: 'HEAD and preflights are answered',
    proves: 'other sites can use the API',
    needs: 'url',
    run: async ({ edge }) => {
      const head = await edge.get('/search?q=tacos', { method: 'HEAD' });
      expect(head.status === 200 && head.body === '', `HEAD: ${head.status} with ${head.body.length} bytes`);
      const headers = {
        Origin: 'https://example.org',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'If-None-Match',
      };
      const { status, headers: got } = await edge.get('/search', { method: 'OPTIONS', headers });
      expect(status === 204, `OPTIONS: ${status}`);
      expect(got['access-control-allow-origin'] === '*', `allowed origins: ${got['access-control-allow-origin']}`);
      expect(/if-none-match/i.test(got['access-control-allow-headers'] ?? ''), 'If-None-Match is not allowed');
      return undefined;
    },
  },
  {
    name: 'each answer of the function has an id of its own',
    proves: 'a report of a fault can be found in the log',
    needs: 'url',
    run: async ({ edge }) => {
      const ids = [];
      for (const q of ['a', 'b']) ids.push((await edge.get(`/search?q=${q}&lat=91`)).headers['x-request-id']);
      expect(ids[0] && ids[1] && ids[0] !== ids[1], `the ids are ${ids.join(' and ')}`);
      return undefined;
    },
  },
];
