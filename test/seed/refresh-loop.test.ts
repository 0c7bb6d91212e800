import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  AREAS_PATH,
  areas,
  askUntil,
  directory,
  eventually,
  failures,
  pointer,
  portal,
  publishCity,
  restartWithoutPortal,
  said,
  startServing,
  vendors,
} from './serving-fixture.ts';

describe('live data', () => {
  it('is fetched while the sample is served, then served, and saved for the next start', async () => {
    publishCity(200);
    portal.behaviour.before = (count) => {
      if (count === 1) expect(said).toEqual(["fetching the city's live data; sample data is served until then"]);
    };
    const server = await startServing({ everyMs: 60_000 });
    expect(server.shown[0]?.origin).toBe('sample');
    const asked = new AbortController();
    const asking = askUntil(asked.signal, server);
    await eventually(server.search).toMatchObject({ hits: 200, locations: 200 });
    asked.abort();
    expect(await asking).toBeGreaterThan(0);
    const live = server.served.current();
    expect(live).toMatchObject({ origin: 'live', asOf: '2024-08-29' });
    expect(live.vendors[0]?.branches[0]).toMatchObject({ area: 'Midtown', hours: { source: 'schedule' } });
    await restartWithoutPortal();
    const next = await startServing({ everyMs: 60_000 });
    expect(next.shown[0]).toEqual({ ...live, origin: 'cached' });
    expect(said.at(-1)).toBe("fetching the city's live data; the saved copy, as of 2024-08-29, is served until then");
  });

  it('replaces the served data again and again while requests run', async () => {
    publishCity(200);
    const server = await startServing();
    const asked = new AbortController();
    const asking = askUntil(asked.signal, server);
    await eventually(server.search).toMatchObject({ hits: 200 });
    for (let change = 1; change <= 5; change++) {
      publishCity(200 + change);
      await eventually(server.search).toMatchObject({ hits: 200 + change });
    }
    asked.abort();
    expect(await asking).toBeGreaterThan(10);
    // A refresh may also have run between two of the portal's changes.
    expect(new Set(server.shown.map(({ version }) => version)).size).toBeGreaterThanOrEqual(7);
    expect(failures()).toEqual([]);
  });

  const garbage = Buffer.alloc(100 * 1024 * 1024, 'a');
  it.each<[string, () => void, string]>([
    ['an HTML page', () => portal.faults.push({ kind: 'html' }), 'is an HTML page ("Scheduled maintenance"), not data'],
    ['an empty body', () => portal.faults.push({ kind: 'empty' }), 'the answer is empty'],
    ['a cut-off answer', () => portal.faults.push({ kind: 'half' }), 'the answer ends in the middle of its JSON'],
    ['a broken connection', () => portal.faults.push({ kind: 'cut' }), 'the connection was cut off'],
    ['a server error', () => portal.faults.push({ kind: 'status', status: 500 }), 'status 500'],
    [
      'other columns',
      () => portal.publish('rqzj-sfat', [{ id: 'row', cells: { street: 'A', trees: '3' } }]),
      ': no column for "id" (tried locationid, objectid); the source has "street", "trees"',
    ],
    ['no rows', () => portal.publish('rqzj-sfat', []), 'has an empty list'],
    [
      'far fewer places',
      () => portal.publish('rqzj-sfat', vendors(99)),
      "the new data has 99 branches, fewer than half of the current release's 200: nothing was published. schedule: 101 of 200 rows were dropped: 101 orphan (such as no permit has a place of this id). If that is right: npm run seed -- --force",
    ],
    [
      '100 MB of garbage',
      () => {
        portal.behaviour.before = undefined;
        portal.publishGarbage(garbage);
      },
      'line 1: the line is longer than 1 MB: this is not a table',
    ],
  ])('answered with %s changes nothing, is reported once, and is retried', async (_, spoil, sentence) => {
    publishCity(200);
    // A 304 has no body to spoil.
    portal.behaviour.validators = false;
    const server = await startServing({ everyMs: 200 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    const before = { pointer: await pointer(), shown: server.shown.length };
    const asked = new AbortController();
    const asking = askUntil(asked.signal, server);
    spoil();
    await eventually(failures).not.toEqual([]);
    expect(failures()[0]).toContain(sentence);
    expect(failures()[0]).toContain('the data was not loaded, the previous data stays; next try in about 0 s: ');
    expect({ pointer: await pointer(), shown: server.shown.length }).toEqual(before);
    portal.publishGarbage(undefined);
    publishCity(201);
    await eventually(server.search).toMatchObject({ hits: 201 });
    asked.abort();
    expect(await asking).toBeGreaterThan(5);
  });

  it('is served even without its neighbourhoods', async () => {
    publishCity(200);
    portal.publishFile(AREAS_PATH, areas({ colour: 'red' }), 'application/geo+json');
    const server = await startServing({ everyMs: 60_000 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    expect(said).toContainEqual(expect.stringContaining('warning: left out: areas: no column for "name"'));
    expect(server.served.current().vendors[0]?.branches[0]?.area).toBeNull();
  });

  it('is served, though not saved, if the directory cannot be written', async () => {
    publishCity(200);
    await writeFile(join(directory, 'file'), '');
    const server = await startServing({ everyMs: 60_000, releases: join(directory, 'file/releases') });
    await eventually(server.search).toMatchObject({ hits: 200 });
    expect(said).toContainEqual(expect.stringMatching(/^warning: the new release is served, but not saved: .*ENOTDIR/));
  });
});
