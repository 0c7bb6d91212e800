import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPage, describeAsset } from '../../../infra/stack/assets.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';

describe('the page’s files have the same headers from the bucket and from a server', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off']);
  });
  afterAll(() => server.stop());

  it('each file: how long it may be kept without asking', async () => {
    const paths = [...(await builtPage(BUILD)).keys()];
    expect(paths.filter((path) => path.startsWith('assets/')).length).toBeGreaterThan(5);
    for (const path of paths) {
      const { headers } = await fetch(`${server.url}/${path}`);
      expect([path, headers.get('Cache-Control')]).toEqual([path, describeAsset(path).cacheControl]);
    }
  });

  it('the page itself is checked on every visit, and is not sent again while it is the same', async () => {
    for (const path of ['/', '/?q=tacos', '/?embed=1']) {
      const { headers } = await fetch(`${server.url}${path}`);
      expect([path, headers.get('Cache-Control')]).toEqual([path, describeAsset('index.html').cacheControl]);
      const again = await fetch(`${server.url}${path}`, { headers: { 'If-None-Match': headers.get('ETag') ?? '' } });
      expect([again.status, again.headers.get('Cache-Control')]).toEqual([304, 'no-cache']);
    }
  });

  it('a file of an earlier build that is gone is not remembered as gone', async () => {
    const { status, headers } = await fetch(`${server.url}/assets/main-AAAAAAAA.js`);
    expect([status, headers.get('Cache-Control')]).toEqual([404, 'no-store']);
  });
});
