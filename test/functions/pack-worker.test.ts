import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { openSections } from '../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../functions/engine/embedded/transport/unpack-index.ts';
import type { SiteRelease } from '../../functions/model/site-release.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { largeCityRelease } from '../fixtures/large-city-release.ts';
import { startServer } from '../fixtures/server-process.ts';
import { removePageIndex } from './releases/without-page-index.ts';

const BRANCHES = 8_000;
const scratch = mkdtempSync(`${tmpdir()}/curbside-pack-`);
afterAll(() => rmSync(scratch, { recursive: true }));

it('a server answers while it packs the index of a release that has none', async () => {
  const release = largeCityRelease(BRANCHES);
  const directory = `${scratch}/releases/san-francisco`;
  await createDirectorySink(directory).publish(release, {});
  await removePageIndex(directory, release.version);
  const server = await startServer(['--refresh', 'off', '--data-dir', scratch, '--cache-mb', '0']);
  try {
    const started = performance.now();
    let isDone = false;
    const current = fetch(`${server.url}/data/current.json`).then(async (response) => {
      isDone = true;
      return (await response.json()) as SiteRelease;
    });
    let [longest, answered] = [0, 0];
    for (let at = 0; !isDone; at++) {
      const sent = performance.now();
      const path = at % 2 === 0 ? '/healthz' : `/search?q=tacos&limit=${(at % 200) + 1}`;
      expect((await fetch(`${server.url}${path}`)).status).toBe(200);
      longest = Math.max(longest, performance.now() - sent);
      answered += 1;
    }
    const total = performance.now() - started;
    console.info(
      `${answered} requests answered in the ${total.toFixed(0)} ms of packing, the slowest in ${longest.toFixed(0)} ms`,
    );
    // In the main thread, packing kept one of them waiting for four fifths of the time.
    expect(longest).toBeLessThan(total / 2);
    const { version, index, provenance } = await current;
    expect(version).toBe(release.version);
    const file = Buffer.from(await (await fetch(`${server.url}/data/${index}`)).arrayBuffer());
    const about = await openSections(unpackIndex(gunzipSync(file)), provenance).about();
    expect([about.version, about.branches]).toEqual([release.version, BRANCHES]);
  } finally {
    await server.stop();
  }
}, 60_000);
