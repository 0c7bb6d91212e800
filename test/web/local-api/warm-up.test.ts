import { describe, expect, it, vi } from 'vitest';
import { openSections } from '../../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import { createApp } from '../../../functions/http/app.ts';
import { warmUpIndex } from '../../../functions/site/warm-up-index.ts';
import { answerBefore, WARM_UP_PATHS } from '../../../web/local-api/warm-up.ts';

/** What the build does. */
vi.stubGlobal('WARM_UP_INDEX', Buffer.from(warmUpIndex()).toString('base64'));

/** Answers the paths of the warm-up; returns the statuses, and how many vendors each search found. */
async function answers(arrival: AbortSignal, { onAnswer = () => {}, slowMs = Number.POSITIVE_INFINITY } = {}) {
  const statuses: number[] = [];
  const found = new Map<string, number>();
  const open: Parameters<typeof answerBefore>[1] = (packed, provenance) => {
    const engine = openSections(unpackIndex(packed), provenance);
    const app = createApp({ engine: () => engine, tiles: null, log: () => {} });
    return async (path) => {
      const response = await app.request(path);
      statuses.push(response.status);
      const { hits } = (await response.clone().json()) as { hits?: number };
      if (hits !== undefined) found.set(path, hits);
      onAnswer();
      return response;
    };
  };
  await answerBefore(arrival, open, slowMs);
  return { statuses, found };
}

describe('the requests before the index of the city arrives', () => {
  it('are answered from a small index, and each search finds something', async () => {
    const { statuses, found } = await answers(new AbortController().signal);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect([...found.keys()]).toEqual(WARM_UP_PATHS.filter((path) => path.startsWith('/search')));
    expect(Math.min(...found.values())).toBeGreaterThan(0);
  });

  it('end with the answer during which it has arrived', async () => {
    const arrival = new AbortController();
    const { statuses } = await answers(arrival.signal, { onAnswer: () => arrival.abort() });
    expect(statuses).toEqual([200]);
  });

  it('end with the first one on a slow processor', async () => {
    expect((await answers(new AbortController().signal, { slowMs: 0 })).statuses).toEqual([200]);
  });
});
