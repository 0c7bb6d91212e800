import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { releaseText } from '../../../functions/model/release.ts';
import { createDirectoryReader } from '../../../functions/releases/directory-reader.ts';
import { createDownloadStore, type DownloadStore } from '../../../functions/releases/download-store.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';

/** As `Response.text` does: without a byte order mark. */
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const NAMES = ['places.geojson', 'places.csv', 'release.json', 'list.html'];

describe('the files of a release', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(`${tmpdir()}/curbside-store-`);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** The app over a release, and how often each file was written. */
  function openApp(folder = directory) {
    let served = syntheticRelease(300);
    const store = createDownloadStore(`${folder}/files`);
    const written: string[] = [];
    const counting: DownloadStore = {
      open: (version, name, coding, parts) =>
        store.open(version, name, coding, () => {
          written.push(name);
          return parts();
        }),
    };
    const files = createReleaseDownloads(createDirectoryReader(`${folder}/releases`), () => served, counting);
    const engine = openEmbedded(served);
    const app = createApp({ engine: () => engine, tiles: null, log: () => {}, files });
    const get = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
      app.request(`/data/${served.version}/${name}`, { headers, method });
    const serve = (vendors: number) => {
      served = syntheticRelease(vendors);
    };
    return { get, written, serve, release: served };
  }

  it.each(NAMES)('are written once, and sent as they are and compressed: %s', async (name) => {
    const { get, written } = openApp();
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => get(name, { 'Accept-Encoding': 'gzip' })));
    const plain = await get(name);
    const bytes = Buffer.from((await first?.arrayBuffer()) ?? new ArrayBuffer(0));
    for (const other of others) expect(Buffer.from(await other.arrayBuffer()).equals(bytes)).toBe(true);
    const text = await plain.text();
    expect(decode(gunzipSync(bytes))).toBe(text);
    expect(written).toEqual([name]);
    expect(first?.headers.get('Content-Encoding')).toBe('gzip');
    expect(first?.headers.get('Content-Length')).toBe(String(bytes.length));
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(plain.headers.get('Content-Length')).toBe(String(gunzipSync(bytes).length));
    // Each coding has a strong ETag of its own.
    const tags = [first, plain].map((response) => response?.headers.get('ETag') ?? '');
    expect(new Set(tags.filter((tag) => /^"[^"]+"$/.test(tag))).size).toBe(2);
  });

  it.each(NAMES)('are not written for HEAD, nor if the ETag matches: %s', async (name) => {
    const { get, written } = openApp();
    const head = await get(name, {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    const tag = head.headers.get('ETag') ?? '';
    for (const condition of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
      const response = await get(name, { 'If-None-Match': condition });
      expect([response.status, await response.text(), response.headers.get('ETag')]).toEqual([304, '', tag]);
    }
    expect(written).toEqual([]);
    expect(await (await get(name, { 'If-None-Match': '"other"' })).text()).not.toBe('');
  });

  it('are the bytes of the release', async () => {
    const { get, release } = openApp();
    expect(await (await get('release.json')).text()).toBe(releaseText(release));
  });

  it('are kept of two releases', async () => {
    const { get, serve } = openApp();
    for (const vendors of [300, 20, 10, 20]) {
      serve(vendors);
      expect(await (await get('places.csv')).text()).toContain('vendor-1');
    }
    expect(readdirSync(`${directory}/files`).sort()).toEqual(
      [10, 20].map((vendors) => syntheticRelease(vendors).version).sort(),
    );
  });

  it('are written again if somebody empties the directory', async () => {
    const { get, written } = openApp();
    const text = await (await get('places.csv')).text();
    rmSync(`${directory}/files`, { recursive: true });
    expect(await (await get('places.csv')).text()).toBe(text);
    expect(written).toHaveLength(2);
  });

  it('are computed while they are sent if the disk cannot be written', async () => {
    const text = await (await openApp().get('places.csv')).text();
    writeFileSync(`${directory}/file`, '');
    const { get } = openApp(`${directory}/file`);
    const response = await get('places.csv', { 'Accept-Encoding': 'gzip' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isCompressed = response.headers.get('Content-Encoding') === 'gzip';
    expect(decode(isCompressed ? gunzipSync(bytes) : bytes)).toBe(text);
  });
});
