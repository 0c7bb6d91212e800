import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { attributes } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
const MARKERS = '[data-spot], [data-cluster]';
/** A target of at least 24 pixels: its middle, and points on a circle just within. */
const RING_PIXELS = 11.5;
const ZOOMS = [11, 12.5, 14, 15.5, 16, 17, 18, 19];
const SCREENS = [
  ['a phone', PHONE],
  ['a phone on its side', { ...PHONE, viewport: { width: 844, height: 390 } }],
  ['a desktop', DESKTOP],
] as const;

/** Markers and clusters on the visible map, and what is wrong with those that a press on their target would miss. */
type Targets = { readonly shown: number; readonly missed: readonly string[] };

/** Asks the browser what a press at the middle of each target, and around it, would hit. */
function pressAll(page: Page): Promise<Targets> {
  return page.evaluate(`(() => {
    // Controls and the list cover the edges of the map, which can be moved.
    const isCovered = (hit) => !hit?.closest('.map') || hit.closest('.leaflet-control');
    const markerAt = (hit) => hit.closest('${MARKERS}');
    let shown = 0;
    const missed = [];
    for (const marker of document.querySelectorAll('${MARKERS}')) {
      const box = marker.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const points = [[x, y]];
      for (let at = 0; at < 8; at++)
        points.push([x + Math.cos((at * Math.PI) / 4) * ${RING_PIXELS}, y + Math.sin((at * Math.PI) / 4) * ${RING_PIXELS}]);
      const hits = points.map(([left, top]) => document.elementFromPoint(left, top));
      if (isCovered(hits[0])) continue;
      shown += 1;
      const wrong = hits.find((hit) => !isCovered(hit) && markerAt(hit) !== marker);
      if (wrong) missed.push(marker.getAttribute('aria-label') + ': ' + wrong.outerHTML.slice(0, 90));
    }
    return { shown, missed };
  })()`) as Promise<Targets>;
}

/** The branch with the most others within some 30 metres. */
function busiestBranch({ trucks }: SearchResponse) {
  const all = trucks.flatMap(({ branches }) => branches);
  const near = ({ lat, lon }: { lat: number; lon: number }) =>
    all.filter((one) => Math.hypot(lat - one.lat, lon - one.lon) < 0.0003).length;
  const [first] = all.sort((a, b) => near(b) - near(a));
  if (!first) throw new Error('the search found nothing');
  return first;
}

describe.skipIf(noBrowser).each([
  ['the sample', false],
  ['the permits of 2024 with the schedule of 2022', true],
])('every marker that is shown can be pressed, in %s', (_name, real) => {
  const isSkipped = real && noSharedData;
  const shared = fixture(async () => {
    if (isSkipped) return undefined;
    const sources = [
      `permits=${sharedData('permits/permits-2024-08-29-489.csv')}`,
      `schedule=${sharedData('schedule/schedule-2022-01-2809.csv')}`,
    ];
    return startServer(real ? sources.flatMap((source) => ['--source', source]) : []);
  });

  it
    .skipIf(isSkipped)
    .each(
      SCREENS.flatMap(([name, screen]) =>
        ['?q=tacos', '?status=any', '?status=any&lat=37.7893&lon=-122.4009&sort=distance&open_at=thu12:00'].map(
          (query) => [query, name, screen] as const,
        ),
      ),
    )('%s on %s, at every zoom; at the last, all are apart', async (query, _screen, screen) => {
    const answer = await shared.api(query);
    const { lat, lon } = busiestBranch(answer);
    const { page, done } = await shared.visit(`/${query}`, { ...screen, reducedMotion: 'reduce' });
    await page.locator(MARKERS).first().waitFor();
    const first = await pressAll(page);
    expect(first.missed).toEqual([]);
    expect(first.shown).toBeGreaterThan(5);
    for (const zoom of ZOOMS) {
      await page.goto(`${shared.url}/${query}&map=${lat},${lon},${zoom}`);
      await page.locator('.row[data-vendor]').first().waitFor();
      await page.locator(MARKERS).first().waitFor();
      const { shown, missed } = await pressAll(page);
      expect([zoom, missed]).toEqual([zoom, []]);
      expect(shown).toBeGreaterThan(0);
    }
    expect(await page.locator('[data-cluster]').count()).toBe(0);
    await done();
  });

  it.skipIf(isSkipped)('with an open detail too, whose marker leaves its cluster', async () => {
    const { page, done } = await shared.visit('/?status=any', { ...DESKTOP, reducedMotion: 'reduce' });
    await page.locator('[data-cluster]').first().waitFor();
    const id = (await attributes(page, '[data-cluster]', 'data-cluster'))[0];
    await page.goto(`${shared.url}/?status=any&place=${id}`);
    await page.locator(`[data-spot="${id}"]`).waitFor();
    expect((await pressAll(page)).missed).toEqual([]);
    await done();
  });

  it.skipIf(isSkipped)('clusters tell open, unknown and closed apart, by a sign and in words', async () => {
    for (const query of ['?status=any&open_at=thu12:00', '?status=any&open_at=mon04:00', '?q=tacos']) {
      const answer = await shared.api(query);
      const { page, done } = await shared.visit(`/${query}`);
      await page.locator(MARKERS).first().waitFor();
      const states = new Map(answer.trucks.flatMap(({ branches }) => branches.map(({ id, open }) => [id, open.state])));
      for (const cluster of await page.locator('[data-cluster]').all()) {
        const state = states.get((await cluster.getAttribute('data-cluster')) ?? '');
        const label = (await cluster.getAttribute('aria-label')) ?? '';
        const look = /is-(open|unknown|closed)-within/.exec((await cluster.getAttribute('class')) ?? '')?.[1];
        expect(look).toBe(/\d open/.test(label) ? 'open' : /unknown/.test(label) ? 'unknown' : 'closed');
        if (state === 'unknown') expect(look).not.toBe('closed');
        expect(label).toMatch(new RegExp(`^${text.locations(Number(await cluster.textContent()))}.*: zoom in$`));
        expect(await cluster.locator('.pin-sign').count()).toBe(1);
      }
      await done();
    }
  });
});
