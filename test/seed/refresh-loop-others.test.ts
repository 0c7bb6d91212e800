import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseText } from '../../functions/model/release.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { withJitter } from '../../seed/refresh-loop.ts';

import {
  directory,
  eventually,
  failures,
  pointer,
  portal,
  publishCity,
  said,
  startServing,
  stopServing,
  vendors,
} from './serving-fixture.ts';

describe('another process', () => {
  it('rolls back: the refused version is not served again until the data changes', async () => {
    publishCity(200);
    const server = await startServing();
    await eventually(server.search).toMatchObject({ hits: 200 });
    publishCity(201);
    await eventually(server.search).toMatchObject({ hits: 201 });
    const operator = createDirectorySink(`${directory}/releases`);
    const { version } = await operator.rollback();
    await eventually(server.search).toMatchObject({ hits: 200, version });
    const told = () => said.filter((line) => line.includes('which was rolled back from: it is not served'));
    await eventually(told).toHaveLength(1);
    const requests = portal.requests.length;
    await eventually(() => portal.requests.length).toBeGreaterThan(requests + 9);
    expect(told()).toHaveLength(1);
    expect(await server.search()).toMatchObject({ version });
    publishCity(202);
    await eventually(server.search).toMatchObject({ hits: 202 });
  });

  it('publishes: the server serves that release within seconds', async () => {
    publishCity(200);
    const server = await startServing({ everyMs: 60_000 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    const release = server.served.current();
    const smaller = { ...release, vendors: release.vendors.slice(0, 20) };
    const hash = createHash('sha256').update(releaseText(smaller)).digest('hex').slice(0, 12);
    await createDirectorySink(`${directory}/releases`).publish({ ...smaller, version: `2024-08-29-${hash}` }, {});
    await eventually(server.search).toMatchObject({ hits: 20 });
  });
});

describe('given sources', () => {
  it('are loaded again too, with the same check, and nothing is published', async () => {
    publishCity(200);
    const [permits, schedule] = ['rqzj-sfat', 'jjew-r69b'].map((id) => `${portal.origin}/resource/${id}.json`);
    const server = await startServing({ given: { permits: permits ?? '', schedule: schedule ?? '' } });
    expect(await server.search()).toMatchObject({ hits: 200 });
    publishCity(150);
    await eventually(server.search).toMatchObject({ hits: 150 });
    publishCity(10);
    await eventually(failures).not.toEqual([]);
    expect(failures()[0]).toContain("10 branches, fewer than half of the current release's 150");
    expect(await server.search()).toMatchObject({ hits: 150 });
    expect(await pointer()).toBe('');
  });
});

describe('given sources that show nothing', () => {
  it('stop the start; after it, the served data stays', async () => {
    const permits = `${portal.origin}/resource/rqzj-sfat.json`;
    portal.publish('rqzj-sfat', vendors(20, { latitude: '0', longitude: '0' }));
    await expect(startServing({ given: { permits } })).rejects.toThrow(/no place that can be shown.*20 no_place/);
    publishCity(20);
    const server = await startServing({ given: { permits } });
    publishCity(20, { status: 'ACTIVE' });
    await eventually(failures).not.toEqual([]);
    expect(failures()[0]).toContain("0 approved places, fewer than half of the current release's 20");
    publishCity(20, { fooditems: 'Soup' });
    await eventually(() => server.served.current().vendors[0]?.items).toEqual(['Soup']);
  });
});

describe('the time between two refreshes', () => {
  it('is 90 to 110 % of the setting', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const ms = withJitter(1_000, random);
        expect(ms).toBeGreaterThanOrEqual(900);
        expect(ms).toBeLessThanOrEqual(1_100);
      }),
    );
    expect(withJitter(1_000, 0)).not.toBe(withJitter(1_000, 0.9));
  });

  it('may be longer than Node’s longest timer', async () => {
    publishCity(200);
    const server = await startServing({ everyMs: 9_999 * 86_400_000 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    const requests = portal.requests.length;
    await sleep(200);
    expect(portal.requests).toHaveLength(requests);
  });
});

describe('given sources at a server that is down', () => {
  it('are served from their kept copies, which a warning names, and loaded again within minutes', async () => {
    publishCity(20);
    const permits = `${portal.origin}/resource/rqzj-sfat.json`;
    await startServing({ given: { permits }, everyMs: 60_000 });
    await stopServing();
    portal.publishGarbage(Buffer.from('<html><title>Maintenance</title>'));
    const server = await startServing({ given: { permits }, everyMs: 100 });
    expect(said.at(-1)).toMatch(
      /^warning: permits: using the cached copy of 20\S+Z: permits \(.*\), line 1: is an HTML page/,
    );
    expect(await server.search()).toMatchObject({ hits: 20 });
    expect(server.shown[0]?.origin).toBe('cached');
    portal.publishGarbage(undefined);
    await eventually(() => server.served.current().origin).toBe('given');
    expect(server.served.current().version).toBe(server.shown[0]?.version);
  });

  it('stop the start if there is no kept copy', async () => {
    portal.publishGarbage(Buffer.from('<html><title>Maintenance</title>'));
    const permits = `${portal.origin}/resource/rqzj-sfat.json`;
    await expect(startServing({ given: { permits } })).rejects.toThrow('is an HTML page ("Maintenance")');
  });
});
