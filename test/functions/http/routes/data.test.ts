import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { createDirectoryReader } from '../../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../../functions/releases/directory-sink.ts';
import { createReleaseDownloads } from '../../../../functions/releases/downloads.ts';
import { scratchStore } from '../../../fixtures/scratch-store.ts';
import { town } from '../../../fixtures/town.ts';
import { releaseOf } from '../../releases/release-of.ts';
import { appOf } from '../app-of.ts';
import { conforming } from '../openapi/conforming.ts';

type App = ReturnType<typeof appOf>;
type Files = { version: string; files: { name: string; type: string; href: string }[] };

async function listed(app: App): Promise<Files> {
  const response = await app.request('/data/current.json');
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=60, s-maxage=30');
  return response.json() as Promise<Files>;
}

const ids = ({ vendors }: Release) => vendors.flatMap(({ branches }) => branches.map(({ id }) => id));

describe('/data of a release that was never published', () => {
  it('has all data, whatever the status of the permits', async () => {
    const { version, files } = await listed(appOf());
    expect(version).toBe('2026-09-01-town');
    expect(files.map(({ name }) => name)).toEqual([
      'places.geojson',
      'places.csv',
      'release.json',
      'list.html',
      'quality.html',
    ]);
    const [geojson, csv, release, list] = await Promise.all(
      files.map(async ({ href, type }) => {
        const response = await appOf().request(href);
        expect([response.status, response.headers.get('Content-Type')]).toEqual([200, type]);
        const cache = response.headers.get('Cache-Control');
        // A report may be published later than its release.
        expect(cache).toBe(
          href.endsWith('/quality.html') ? 'public, max-age=60, s-maxage=30' : 'public, max-age=31536000, immutable',
        );
        return response.text();
      }),
    );
    const { features } = JSON.parse(geojson ?? '') as { features: { id: string }[] };
    expect(features.map(({ id }) => id)).toEqual(ids(town()));
    expect((parse(csv ?? '', { columns: true }) as { id: string }[]).map(({ id }) => id)).toEqual(ids(town()));
    expect(list?.match(/<li>/g)?.length).toBe(ids(town()).length);
    expect(JSON.parse(release ?? '').vendors).toEqual(JSON.parse(JSON.stringify(town().vendors)));
  });

  it('has no provenance: the same data has the same bytes', async () => {
    for (const { href } of (await listed(appOf())).files) {
      const text = await (await appOf().request(href)).text();
      expect(text).not.toContain('2026-09-02T10:00');
      expect(text).not.toContain('town.csv');
    }
  });

  it.each([
    '/data/2026-09-01-town/quality.json',
    '/data/2026-09-01-town/provenance.json',
    '/data/2026-09-01-town/constructor',
    '/data/2026-09-02-town/places.csv',
    '/data/%2e%2e/current.json',
    '/data/..%2f..%2fpackage.json/release.json',
    '/data/2026-09-01-town/..%2f..%2fpackage.json',
  ])('%s is a 404', async (path) => {
    expect((await appOf().request(path)).status).toBe(404);
  });
});

describe('/data of a directory', () => {
  const directory = mkdtempSync(`${tmpdir()}/curbside-data-`);
  afterAll(() => rmSync(directory, { recursive: true }));
  const [first, second] = [releaseOf(2), releaseOf(3)];
  let served = first;
  const app = conforming(
    createApp({
      engine: () => openEmbedded(served),
      tiles: null,
      log: () => {},
      files: createReleaseDownloads(createDirectoryReader(directory), () => served, scratchStore()),
    }),
  );
  beforeAll(async () => {
    const sink = createDirectorySink(directory);
    const report = (release: Release) => ({
      'quality.json': JSON.stringify({ version: release.version, warnings: [] }),
      'quality.txt': `${release.version}\n`,
    });
    await sink.publish(first, report(first));
    await sink.publish(second, report(second));
    served = second;
  });

  it('has the loader’s report', async () => {
    const { version, files } = await listed(app);
    expect(version).toBe(second.version);
    expect(files.map(({ name }) => name)).toContain('quality.json');
    const report = await app.request(`/data/${version}/quality.txt`);
    expect([await report.text(), report.headers.get('Content-Type')]).toEqual([
      `${version}\n`,
      'text/plain; charset=utf-8',
    ]);
  });

  it('still has the previous release, for clients that are reading it', async () => {
    const { vendors } = (await (await app.request(`/data/${first.version}/release.json`)).json()) as Release;
    expect(vendors.length).toBe(first.vendors.length);
    expect((await app.request(`/data/${first.version}/quality.json`)).status).toBe(200);
  });
});
