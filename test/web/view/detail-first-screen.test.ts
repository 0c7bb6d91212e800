import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { dataPages } from '../data-pages.ts';
import { startOldCity } from '../invented-tables.ts';

const HERE = 'lat=37.7893&lon=-122.4009';

const SCREENS = [
  ['390x664', { ...PHONE, viewport: { width: 390, height: 664 } }],
  ['360x640', { ...PHONE, viewport: { width: 360, height: 640 } }],
  ['844x390', { ...PHONE, viewport: { width: 844, height: 390 } }],
  ['1000x700', { viewport: { width: 1000, height: 700 } }],
  ['1280x800', DESKTOP],
  // A zoom of 400 % on a screen of 1280 x 1024.
  ['320x256', { viewport: { width: 320, height: 256 } }],
] as const;

const LONGEST = 'with an ended permit at a chosen time';
/** Each state of the detail's head: the path, and its data. */
const STATES = [
  ['near a place', `/?q=coffee&${HERE}&sort=distance`, 'sample'],
  ['at a chosen time', `/?${HERE}&open_at=thu12:15`, 'sample'],
  ['with an ended permit', `/?q=tacos&${HERE}`, 'old'],
  [LONGEST, `/?${HERE}&open_at=thu12:15`, 'old'],
] as const;
const LONG =
  'OTIS ST: GOUGH ST \\ MCCOPPIN ST to 13TH ST \\ DUBOCE AVE \\ HWY 101 NORTHBOUND RAMP \\ MISSION ST (100 - 199)';
const LANGUAGES = ['en', 'es', 'ru', 'zh'];

describe.skipIf(noBrowser)('the first screen of the detail', () => {
  const shared = fixture();
  const fixtures = { sample: shared, old: fixture(() => startOldCity({ LocationDescription: LONG })) };

  it.each(SCREENS)(
    'at %s, has name, open state, distance, directions and share, in every state and language',
    async (name, screen) => {
      const { width, height } = screen.viewport;
      const hidden: string[] = [];
      const { show, done } = dataPages(fixtures, { ...screen, reducedMotion: 'reduce' });
      for (const [state, path, data] of STATES) {
        const { trucks } = await fixtures[data].api(path.slice(1));
        const place = trucks[0]?.branches[0]?.id;
        // The last state needs the most lines.
        for (const language of state === LONGEST ? LANGUAGES : ['en']) {
          const page = await show(data, `${path}&lang=${language}&place=${place}`);
          await page.locator('#detail-name').waitFor();
          const parts = {
            name: '#detail-name',
            state: '.detail-state .badge',
            distance: '.detail-place .distance',
            directions: '.detail-actions a',
            share: '.detail-actions button',
            close: '#detail .close',
            ...(data === 'old' ? { permit: '.detail-state .permit' } : {}),
          };
          for (const [part, selector] of Object.entries(parts)) {
            const box = await page.locator(selector).boundingBox();
            const seen = box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
            if (!seen) hidden.push(`${language}, ${state}: ${part} ${JSON.stringify(box)}`);
          }
          if (state === 'near a place' && language === 'en')
            await page.screenshot({ path: `test/output/detail-${name}.png` });
        }
      }
      expect(hidden).toEqual([]);
      await done();
    },
    120_000,
  );

  it.each(SCREENS)(
    'at %s, nothing covers its close button, at any place of the sample',
    async (_name, screen) => {
      const all = (await shared.api('?status=any')).trucks.flatMap(({ branches }) => branches.map(({ id }) => id));
      expect(all.length).toBeGreaterThan(30);
      const { page, done } = await shared.visit('/?status=any', { ...screen, reducedMotion: 'reduce' });
      await page.locator('.row[data-vendor]').first().waitFor();
      const covered = await page.evaluate(`(async () => {
        const covered = [];
        for (const id of ${JSON.stringify(all)}) {
          history.pushState(null, '', '?status=any&place=' + id);
          dispatchEvent(new PopStateEvent('popstate'));
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const close = document.querySelector('#detail .close');
          const { left, top, width, height } = close.getBoundingClientRect();
          const at = document.elementFromPoint(left + width / 2, top + height / 2);
          if (!close.contains(at)) covered.push(id + ': ' + at?.outerHTML.slice(0, 80));
        }
        return covered;
      })()`);
      expect(covered).toEqual([]);
      await done();
    },
    60_000,
  );
});
