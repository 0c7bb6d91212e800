import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { SuggestResponse } from '../../../../functions/http/openapi/schemas/suggest.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

describe('suggestions', () => {
  const suggest = async (params: string) =>
    (await (await appOf().request(`/suggest?${params}`)).json()) as SuggestResponse;

  it('are foods, vendors and areas with that prefix, and their counts', async () => {
    const { suggestions } = await suggest('q=tac');
    expect(suggestions).toEqual([
      { type: 'food', text: 'Tacos', count: 2, highlight: [[0, 5]] },
      // A search for its name finds another vendor too.
      { type: 'vendor', text: 'Taco by the Well', count: 2, highlight: [[0, 4]] },
      { type: 'vendor', text: 'Far Tacos', count: 1, highlight: [[4, 9]] },
    ]);
    expect((await suggest('q=old')).suggestions).toEqual([
      { type: 'area', text: 'Old Town', count: 1, highlight: [[0, 3]] },
    ]);
  });

  it('are empty without a text, and at most eight', async () => {
    expect((await suggest('q=')).suggestions).toEqual([]);
    const many = town(
      Array.from({ length: 40 }, (_, at) => vendor(`Taco ${at}`, [`Taco number ${at}`], [branch(`b${at}`, 0, 0)])),
    );
    const response = await appOf(openEmbedded(many)).request('/suggest?q=ta');
    const { suggestions } = (await response.json()) as SuggestResponse;
    expect(suggestions).toHaveLength(8);
    expect(new Set(suggestions.map(({ type }) => type))).toEqual(new Set(['food', 'vendor']));
  });
});
