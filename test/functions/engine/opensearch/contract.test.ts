import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { engineContract } from '../contract.ts';
import { noCluster, scratch } from './cluster.ts';

describe.skipIf(noCluster)('on a real cluster', () => {
  engineContract({
    name: 'OpenSearch',
    open: async (release) => {
      const { client, alias, sink, close } = scratch();
      await sink.publish(release, {});
      return { engine: openOpenSearch(client, alias)(), close };
    },
    gaps: {},
  });

  it('finds all of thousands of words with the same prefix or at the same edit distance: expansions are not limited', async () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
    const words = letters.flatMap((a) => letters.map((b) => `tam${a}l${b}sq`));
    const release = town(
      words.map((word, at) => vendor(`Cart ${at}`, [word], [branch(`b${at}`, at, 0)], { id: `cart-${at}` })),
    );
    const { client, alias, sink, close } = scratch();
    await sink.publish(release, {});
    for (const query of [{ text: 'tam' }, { text: 'tamalesq', typos: true }]) {
      const asked = { ...ANYTHING, ...query, limit: 1 };
      const { vendors } = await openEmbedded(release).search(asked);
      expect(vendors).toBeGreaterThan(1024);
      expect((await openOpenSearch(client, alias)().search(asked)).vendors).toBe(vendors);
    }
    await close();
  });
});
