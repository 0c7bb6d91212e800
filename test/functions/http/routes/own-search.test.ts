import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { releaseIndexOf } from '../../../../functions/engine/embedded/build/index-cache.ts';
import { openSections } from '../../../../functions/engine/embedded/engine.ts';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { unpackIndex } from '../../../../functions/engine/embedded/transport/unpack-index.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { MOST_BRANCHES, type SiteRelease } from '../../../../functions/model/site-release.ts';
import { createDirectoryReader } from '../../../../functions/releases/directory-reader.ts';
import { createReleaseDownloads } from '../../../../functions/releases/downloads.ts';
import { answersOf, releaseData } from '../../../../functions/site/release-data.ts';
import { scratchStore } from '../../../fixtures/scratch-store.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { releaseOf } from '../../releases/release-of.ts';

const TILES = { url: 'https://tiles.example/{z}/{x}/{y}.png', attribution: 'T', attributionUrl: '', maxZoom: 19 };

/** An app whose release can be replaced. */
function appOf(first: Release) {
  let served = first;
  const reader = createDirectoryReader('nothing-is-here');
  const files = createReleaseDownloads(
    reader,
    () => served,
    scratchStore(),
    () => releaseIndexOf(served),
  );
  const app = createApp({ engine: () => openEmbedded(served), tiles: TILES, log: () => {}, files });
  const get = (path: string) => app.request(path);
  return {
    get,
    current: async () => (await (await get('/data/current.json')).json()) as Partial<SiteRelease>,
    serve: (release: Release) => {
      served = release;
    },
  };
}

describe('what a page needs to search a release itself', () => {
  it('is what a site without a server has, under the same names', async () => {
    const release = town();
    const { current, get } = appOf(release);
    const site = await releaseData(answersOf(release, {}, TILES));
    const { index, provenance, checkSeconds, tiles } = JSON.parse(`${site.get('data/current.json')}`) as SiteRelease;
    expect(await current()).toMatchObject({ version: release.version, index, provenance, checkSeconds, tiles });
    const response = await get(`/data/${index}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes).toEqual(Buffer.from(site.get(`data/${index}`) as Uint8Array));
    const about = await openSections(unpackIndex(gunzipSync(bytes)), provenance).about();
    expect([about.version, about.origin]).toEqual([release.version, release.origin]);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('Content-Encoding')).toBeNull();
  });

  it('is of the release that is served, and the previous index stays for pages that have read its name', async () => {
    const { current, get, serve } = appOf(releaseOf(2));
    const first = await current();
    serve(releaseOf(3));
    const second = await current();
    expect(second.version).not.toBe(first.version);
    for (const { index } of [first, second]) expect((await get(`/data/${index}`)).status).toBe(200);
    serve(releaseOf(4));
    await current();
    expect((await get(`/data/${first.index}`)).status).toBe(404);
  });

  it.each(['index-0123456789ab.bin.gz', 'index-.bin.gz', 'index.bin'])('has no file %s', async (name) => {
    const { current, get } = appOf(town());
    const { version } = await current();
    expect((await get(`/data/${version}/${name}`)).status).toBe(404);
  });

  it('is absent if the release is too large for a page', async () => {
    const branches = Array.from({ length: MOST_BRANCHES + 1 }, (_, at) => branch(`b${at}`, at % 1_000, at / 1_000));
    const { current } = appOf(town([vendor('Many', ['Tacos'], branches)]));
    const { version, index, tiles } = await current();
    expect(version).toBeDefined();
    expect([index, tiles]).toEqual([undefined, undefined]);
  });
});
