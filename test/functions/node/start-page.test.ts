import { readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/http/app.ts';
import { pageFiles } from '../../../functions/node/page-files.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { sampleServer } from '../../fixtures/sample-server.ts';

const server = sampleServer();

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
/** One request, whose body is as it was sent. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    get(`${server.url}${path}`, { headers, method }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) });
    }).on('error', reject);
  });
const GZIP = { 'Accept-Encoding': 'gzip, deflate, br' };

describe('the page at /', () => {
  const links = [
    ['no question', '/'],
    ['a question', '/?q=tacos'],
    ['characters of several bytes', `/?q=${encodeURIComponent('塔可 "<b>" 🌮')}`],
    ['a long question', `/?q=${'a'.repeat(5_000)}`],
    ['a zero byte', '/?q=%00'],
  ] as const;

  it.each(links)('is one gzip file of the same text with %s', async (_, path) => {
    const [plain, packed] = [await ask(path), await ask(path, GZIP)];
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    expect(packed.body.length).toBeLessThan(plain.body.length / 3);
    for (const name of ['content-type', 'etag', 'vary', 'content-security-policy', 'cache-control']) {
      expect([name, packed.headers[name]]).toEqual([name, plain.headers[name]]);
    }
    expect(plain.headers.vary).toBe('Accept-Encoding');
    const built = readFileSync(`${BUILD}/web/index.html`, 'utf8');
    expect(plain.body.toString().slice(-40_000)).toBe(built.slice(-40_000));
  });

  it('is a 304 to those who have it, and has another ETag for each link', async () => {
    const tags = new Set<string>();
    for (const [, path] of links.slice(0, 3)) {
      const { headers } = await ask(path, GZIP);
      const { etag = '' } = headers;
      tags.add(etag);
      const again = await ask(path, { ...GZIP, 'If-None-Match': etag });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
      expect(again.headers['cache-control']).toBe(headers['cache-control']);
    }
    expect(tags.size).toBe(3);
    const secure = await ask('/', { ...GZIP, 'X-Forwarded-Proto': 'https' });
    expect(tags).not.toContain(secure.headers.etag);
  });

  it('has no body for HEAD', async () => {
    const { status, headers, body } = await ask('/', GZIP, 'HEAD');
    expect([status, body.length, headers['content-type']]).toEqual([200, 0, 'text/html; charset=UTF-8']);
  });
});

it('is read again once a build has replaced it', async () => {
  const page = pageFiles(server.directory, server.directory);
  const engine = () => {
    throw new Error('no release yet');
  };
  const app = createApp({ engine, tiles: null, log: () => {}, page });
  const text = async () => {
    const response = await app.request('/', { headers: GZIP });
    return gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
  };
  // Without tags, and shorter than a tag.
  for (const html of ['<p>first</p>'.repeat(200), '<p>second</p>'.repeat(200), 'x', '']) {
    writeFileSync(`${server.directory}/index.html`, html);
    expect(await text()).toBe(html);
    expect(await text()).toBe(html);
  }
});
