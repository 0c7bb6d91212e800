import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildIndex } from '../../../functions/engine/embedded/build/index-builder.ts';
import type { Release } from '../../../functions/model/release.ts';
import { type LoadedRelease, openReleaseIndex } from '../../../functions/releases/open-release.ts';
import { createReleasePoller } from '../../../functions/releases/poller.ts';
import { type ReleaseFolder, releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import { type Bucket, openBucket } from '../../../functions/releases/s3-client.ts';
import { createS3Sink } from '../../../functions/releases/s3-sink.ts';
import { noMoto } from '../../fixtures/aws-emulators.ts';
import { hashedRelease } from './hashed-release.ts';
import { access, motoBucket } from './moto-bucket.ts';

describe.skipIf(noMoto)('releases in a bucket, polled from a Lambda function', () => {
  const store = motoBucket({ reusesConnections: false });
  let bucket: Bucket;
  let folder: ReleaseFolder;
  beforeEach(() => {
    ({ bucket, folder } = store);
  });
  const [a, b, c] = ['Ada', 'Bea', 'Cid'].map((name) => hashedRelease(name)) as [Release, Release, Release];

  async function follower(start: Release, from = folder) {
    let served: LoadedRelease = await openReleaseIndex(start.version, buildIndex(start), start);
    let at = 0;
    const events: Record<string, unknown>[] = [];
    let offers = 0;
    const { look } = createReleasePoller({
      folder: from,
      city: start.city.id,
      current: () => served,
      offer: (next) => {
        served = next;
        offers++;
      },
      log: (event, fields) => events.push({ event, ...fields }),
      now: () => Date.parse('2026-09-03T06:30:00Z') + at,
    });
    return {
      look: async () => {
        await look();
        return served.about.version;
      },
      later: (ms: number) => {
        at += ms;
      },
      served: () => served,
      offers: () => offers,
      events,
    };
  }
  it('are picked up at most every 30 s', async () => {
    const sink = createS3Sink(folder);
    await sink.publish(b, {});
    const following = await follower(a);
    expect(await following.look()).toBe(b.version);
    expect(following.events).toEqual([{ event: 'release', version: b.version, origin: b.origin, ageHours: 6.5 }]);
    await sink.publish(c, {});
    following.later(29_000);
    expect(await following.look()).toBe(b.version);
    expect(following.events).toHaveLength(1);
    following.later(2_000);
    expect(await following.look()).toBe(c.version);
    following.later(31_000);
    await following.look();
    expect(following.offers()).toBe(2);
  });

  it('update their age without their content', async () => {
    const sink = createS3Sink(folder);
    await sink.publish(a, {});
    const following = await follower(a);
    await following.look();
    await sink.publish(
      { ...a, sources: [{ name: 'permits', from: 'permits.csv', fetchedAt: '2026-09-03T06:00:00Z' }] },
      {},
    );
    await bucket.remove(`data/${a.version}/release.json`);
    following.later(31_000);
    await following.look();
    expect(following.events.at(-1)).toMatchObject({ event: 'release', ageHours: 0.5 });
  });

  it('that cannot be read are logged, and the served release stays', async () => {
    await createS3Sink(folder).publish(b, {});
    for (const name of ['release.json', 'index.bin']) await bucket.remove(`data/${b.version}/${name}`);
    const following = await follower(a);
    expect(await following.look()).toBe(a.version);
    expect(following.events).toEqual([
      { event: 'index_made_anew', warning: expect.stringContaining('it is not there') },
      { event: 'release_not_read', error: expect.stringContaining('release.json is not there') },
      expect.objectContaining({ event: 'release', version: a.version }),
    ]);
    await createS3Sink(folder).publish(b, {});
    following.later(31_000);
    expect(await following.look()).toBe(b.version);
  });

  it('may be missing: with an empty bucket, the bundled release stays', async () => {
    const following = await follower(a);
    expect(await following.look()).toBe(a.version);
    expect(following.events).toEqual([expect.objectContaining({ event: 'release', version: a.version })]);
  });

  it('delay a request by 3 s at most when the bucket does not answer, and then none for ten seconds', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const following = await follower(
      a,
      releaseFolderOf(openBucket({ ...access, bucket: 'silent', endpoint }), a.city.id, true),
    );
    const start = performance.now();
    expect(await following.look()).toBe(a.version);
    expect(performance.now() - start).toBeGreaterThan(2_500);
    const events = [
      { event: 'release_not_read', error: expect.stringContaining('not done within 3000 ms') },
      expect.objectContaining({ event: 'release', version: a.version }),
    ];
    expect(following.events).toEqual(events);
    following.later(9_000);
    expect(await following.look()).toBe(a.version);
    expect(following.events).toEqual(events);
    following.later(2_000);
    expect(await following.look()).toBe(a.version);
    expect(following.events).toEqual([...events, ...events]);
    silent.close();
  });

  it('of another city are refused', async () => {
    await createS3Sink(folder).publish({ ...b, city: { ...b.city, id: 'elsewhere' } }, {});
    const following = await follower(a);
    expect(await following.look()).toBe(a.version);
    expect(following.events[0]).toMatchObject({ error: expect.stringContaining('has a release of elsewhere') });
  });
});
