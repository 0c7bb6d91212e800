import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../functions/engine/engine.ts';
import { readCommaList } from '../../../functions/model/comma-list.ts';
import { filterValuesOf } from '../../../functions/model/filter-values.ts';
import { distanceMetres } from '../../../functions/model/geo.ts';
import { DAY, WEEK } from '../../../functions/model/hours/week.ts';
import { FACETS, type SearchQuery, type SearchResult } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { parserOf } from '../../../functions/model/text/parser-of-release.ts';
import { searchWithRelaxation } from '../../../functions/model/text/relaxation.ts';
import { valueKey } from '../../../functions/model/text/tokenizer.ts';
import { countBranches } from '../../../functions/model/vendor.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { WELL } from '../../fixtures/town.ts';
import { contractTown } from './contract-town.ts';
import { dataWordsOf } from './linear-scan/search.ts';

export type Contract = {
  readonly name: string;
  /** Opens an engine over a release; called once. */
  open(release: Release): Promise<{ engine: Engine; close(): Promise<void> }>;
  /** Titles of promises that the engine does not keep, with reasons. The test of such a promise must fail. */
  readonly gaps: Readonly<Record<string, string>>;
};

type Search = (query: Partial<SearchQuery>) => Promise<SearchResult>;
type Promised = (context: {
  engine: Engine;
  release: Release;
  ask: Search;
  ids: (query: Partial<SearchQuery>) => Promise<string[]>;
}) => Promise<void>;

const near = { origin: WELL, sort: 'distance' } as const;
const MONDAY_NOON = 720;
const open = (forMinutes = 0, unknownToo = false) => ({
  time: { forMinutes, withinMinutes: 0, unknownToo },
  timeAsked: true,
});

/** The promises of every engine. Over 250 lines because the contract is one list that is read as a whole. */
const PROMISES: Readonly<Record<string, Promised>> = {
  'an empty text finds every vendor, with exact totals': async ({ ask, release }) => {
    const { vendors, branches, hits, more } = await ask({});
    expect([vendors, branches, hits.length, more]).toEqual([
      release.vendors.length,
      countBranches(release.vendors),
      release.vendors.length,
      false,
    ]);
  },
  'a hit has the vendor as it was published': async ({ ask, release }) => {
    const { hits } = await ask({ sort: 'name' });
    const byId = new Map(release.vendors.map((one) => [one.id, one]));
    for (const { vendor, branches } of hits) {
      expect(vendor).toEqual(byId.get(vendor.id));
      expect(branches.map(({ branch }) => branch)).toEqual([...vendor.branches].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(branches.every((one) => one.distanceMetres === null)).toBe(true);
    }
  },
  'all words are required, in one branch and its vendor': async ({ ids }) => {
    expect(await ids({ text: 'tacos burritos' })).toEqual(['taco-by-the-well']);
    expect(await ids({ text: 'tacos 1st' })).toEqual(['taco-by-the-well']);
    // Harbour and Old Town are areas of two branches; neither has both words.
    expect(await ids({ text: 'harbour old' })).toEqual([]);
    expect(await ids({ text: 'tacos pancakes' })).toEqual([]);
  },
  'words of an address select its branch': async ({ ask }) => {
    const { branches, hits } = await ask({ text: 'tacos 1st' });
    expect([branches, hits[0]?.branches.map(({ branch }) => branch.id)]).toEqual([1, ['well-2']]);
  },
  'whole words of a description select its branch, for a lower score than those of an address': async ({
    ask,
    ids,
  }) => {
    for (const text of ['fountains', 'fountain', '"marble fountains"', 'tacos fountain']) {
      const { hits } = await ask({ text, typos: true });
      expect(
        hits.map(({ branches }) => branches.map(({ branch }) => branch.id)),
        text,
      ).toEqual([['well-2']]);
    }
    expect((await ask({ text: 'fountains' })).hits[0]?.score).toBe(9);
    expect((await ask({ text: '1st ' })).hits[0]?.score).toBe(10);
    for (const text of ['fount', '"fountains between"']) expect(await ids({ text, typos: true })).toEqual([]);
    expect(await ids({ text: 'burritos -fountains' })).toEqual(['taco-by-the-well']);
  },
  'case, accents, plurals and leading zeros make no difference': async ({ ids }) => {
    for (const text of ['creme brulee', 'CRÈME BRÛLÉE', 'cremes'])
      expect(await ids({ text })).toEqual(['cr-me-br-l-e-cart']);
    expect(await ids({ text: '01st' })).toEqual(await ids({ text: '1st' }));
    expect(await ids({ text: 'taco', ...near })).toEqual(await ids({ text: 'tacos', ...near }));
  },
  'only the last word may be a prefix': async ({ ids }) => {
    expect(await ids({ text: 'burrito hor' })).toEqual(['taco-by-the-well']);
    expect(await ids({ text: 'hor burrito' })).toEqual([]);
  },
  'legal names and the parts of compound words are searched': async ({ ids }) => {
    expect(await ids({ text: 'holdings' })).toEqual(['-mile-zola']);
    expect(await ids({ text: 'glued' })).toEqual(['zebra']);
  },
  'punctuation alone finds nothing': async ({ ask }) => {
    expect(await ask({ text: '!?', facets: ['area'] })).toEqual({
      vendors: 0,
      branches: 0,
      hits: [],
      more: false,
      facets: { area: [] },
    });
  },
  'typos match only on request, and only with the same first letter': async ({ ids }) => {
    expect(await ids({ text: 'quesadila' })).toEqual([]);
    expect(await ids({ text: 'quesadila', typos: true })).toEqual(['-mile-zola']);
    // A transposition is one edit; two edits need eight letters.
    expect(await ids({ text: 'tcaos', typos: true, ...near })).toEqual(await ids({ text: 'taco', ...near }));
    expect(await ids({ text: 'kuesadilla', typos: true })).toEqual([]);
    expect(await ids({ text: 'tsot', typos: true })).toEqual([]);
    expect(await ids({ text: 'quesadlias', typos: true })).toEqual(['-mile-zola']);
  },
  'each quality and each field has its own factor': async ({ ask }) => {
    const score = async (text: string, typos = false) =>
      (await ask({ text, typos })).hits.map((hit) => Number(hit.score.toPrecision(6)))[0];
    expect(await score('horchata')).toBe(30);
    expect(await score('horchatas')).toBe(27);
    expect(await score('horch')).toBe(24);
    expect(await score('horchatq', true)).toBe(18);
    expect(await score('horxhatq', true)).toBe(12);
    expect(await score('mexican')).toBe(20);
    expect(await score('harbour')).toBe(10);
    expect(await score('tacos horchata')).toBe(60);
  },
  'a synonym phrase matches only adjacent words within one dish': async ({ ask, ids }) => {
    expect(new Set(await ids({ text: 'banh mi' }))).toEqual(new Set(['deseret', 'fullwidth']));
    expect(new Set(await ids({ text: 'frankfurter' }))).toEqual(new Set(['night-owl', 'papa-s-hot-dogs']));
    // Its own words must be adjacent too: two dishes, a hot one and a dog's, are not a hot dog.
    expect(new Set(await ids({ text: 'hot dog' }))).toEqual(new Set(['night-owl', 'papa-s-hot-dogs']));
    const { hits } = await ask({ text: 'banh mi' });
    // A synonym phrase for two words: 2 x 9 x 3; the words themselves: 30 + 30.
    expect(hits.map(({ vendor, score }) => [vendor.id, Number(score.toPrecision(6))])).toEqual([
      ['fullwidth', 60],
      ['deseret', 54],
    ]);
  },
  'a score halves with distance, and is that of the best branch': async ({ ask }) => {
    const { hits } = await ask({ text: 'tacos', origin: WELL });
    expect(hits.map(({ vendor, score }) => [vendor.id, Number(score.toPrecision(4))])).toEqual([
      ['expired-tacos', 30],
      ['taco-by-the-well', 30],
      ['far-tacos', Number((30 * 2 ** -10).toPrecision(4))],
    ]);
    const half = await ask({ text: 'crème', origin: WELL, scaleMetres: 250 });
    expect(half.hits[0]?.score).toBeCloseTo(15, 2);
  },
  'open states affect scores only if the query has a time': async ({ ask }) => {
    const scores = async (query: Partial<SearchQuery>) =>
      Object.fromEntries((await ask(query)).hits.map(({ vendor, score }) => [vendor.id, Number(score.toPrecision(5))]));
    const query = { minute: 60, status: 'approved', text: 'toast' };
    expect(await scores(query)).toEqual({ 'half-known': 30, 'never-shut': 30 });
    expect(await scores({ ...query, timeAsked: true })).toEqual({ 'half-known': 25.5, 'never-shut': 30 });
    expect(await scores({ ...query, text: 'burritos', timeAsked: true })).toEqual({ 'taco-by-the-well': 18 });
  },
  'by distance: nearest vendors first, nearest branches first': async ({ ask }) => {
    const { hits } = await ask(near);
    const metres = hits.map(({ branches }) => branches[0]?.distanceMetres ?? -1);
    expect(metres).toEqual([...metres].sort((a, b) => a - b));
    for (const { branches } of hits) {
      for (const { branch, distanceMetres: said } of branches)
        expect(said).toBeCloseTo(distanceMetres(WELL, branch), 1);
      const own = branches.map((one) => one.distanceMetres ?? -1);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  },
  'by name: folded, by code point': async ({ ids }) => {
    const order = await ids({ sort: 'name' });
    expect(order.slice(0, 2)).toEqual(['brew-cold', 'cr-me-br-l-e-cart']);
    // "émile" is sorted as "emile" and a full-width z as a z. Characters beyond the basic plane come last, unlike in UTF-16.
    expect(order.indexOf('-mile-zola')).toBeLessThan(order.indexOf('expired-tacos'));
    expect(order.slice(-3)).toEqual(['fullwidth', 'zebra', 'deseret']);
  },
  'a radius is strict, and matches nothing without an origin': async ({ ids }) => {
    expect(await ids({ ...near, radiusMetres: 120, text: 'tacos' })).toEqual(['expired-tacos', 'taco-by-the-well']);
    expect(await ids({ ...near, radiusMetres: 99.5, text: 'tacos' })).toEqual(['expired-tacos']);
    expect(await ids({ radiusMetres: 100 })).toEqual([]);
  },
  'a box includes its edges and may cross the 180th meridian': async ({ ids, release }) => {
    const fiji = { west: 177, south: -20, east: -178, north: -15 };
    expect(await ids({ box: fiji, sort: 'name' })).toEqual(['date-line', 'fiji-east', 'fiji-west']);
    expect(await ids({ box: { ...fiji, east: 180 }, sort: 'name' })).toEqual(['date-line', 'fiji-west']);
    expect(await ids({ box: { ...fiji, west: -180 }, sort: 'name' })).toEqual(['date-line', 'fiji-east']);
    const spot = release.vendors[0]?.branches[1];
    if (!spot) throw new Error('the town has its first vendor');
    expect(await ids({ box: { west: spot.lon, east: spot.lon, south: spot.lat, north: spot.lat } })).toEqual([
      'taco-by-the-well',
    ]);
  },
  'a filter matches any of its values, folded': async ({ ids }) => {
    expect(await ids({ category: ['hot dogs'] })).toEqual(['papa-s-hot-dogs']);
    expect(await ids({ category: ['hot dogs', 'mexican'], sort: 'name' })).toEqual([
      'far-tacos',
      'papa-s-hot-dogs',
      'taco-by-the-well',
    ]);
    expect(await ids({ facility: ['push cart'] })).toEqual(['cr-me-br-l-e-cart']);
    expect(await ids({ area: ['castle upper gate'] })).toEqual(['far-tacos']);
    const listed = readCommaList('"Castle, Upper Gate",Nowhere') ?? [];
    expect(await ids({ area: listed.map(valueKey) })).toEqual(['far-tacos']);
    expect(await ids({ status: 'expired' })).toEqual(['expired-tacos']);
    expect(await ids({ status: 'gone' })).toEqual([]);
  },
  'hours: open, unknown and closed': async ({ ids }) => {
    expect(await ids({ ...open(), minute: MONDAY_NOON, sort: 'name' })).toEqual([
      'half-known',
      'never-shut',
      'taco-by-the-well',
    ]);
    expect(await ids({ ...open(), minute: 839, text: 'tacos' })).toEqual(['taco-by-the-well']);
    expect(await ids({ ...open(), minute: 840, text: 'tacos' })).toEqual([]);
    expect(await ids({ ...open(0, true), minute: 840, text: 'toast', sort: 'name' })).toEqual([
      'half-known',
      'never-shut',
    ]);
    expect(await ids({ ...open(0, true), minute: 840, text: 'burritos' })).toEqual([]);
    expect(await ids({ hoursKnown: true, sort: 'name' })).toEqual([
      'half-known',
      'never-shut',
      'night-owl',
      'taco-by-the-well',
    ]);
  },
  'hours across the end of the week, and open for a duration': async ({ ids }) => {
    const owl = { text: 'frankfurters', ...near };
    const isOpen = async (minute: number, forMinutes: number) =>
      (await ids({ ...owl, ...open(forMinutes), minute })).includes('night-owl');
    const lastHour = WEEK - 60;
    expect(
      await Promise.all([
        isOpen(lastHour, 0),
        isOpen(119, 0),
        isOpen(120, 0),
        isOpen(lastHour, 180),
        isOpen(lastHour, 181),
      ]),
    ).toEqual([true, true, false, true, false]);
    expect(await isOpen(60, 60)).toBe(true);
    expect(await isOpen(60, 61)).toBe(false);
    expect(await ids({ text: 'toast', ...open(1440), minute: 6 * DAY + 1000 })).toEqual(['never-shut']);
  },
  'open during some of a time, also across the end of the week': async ({ ids }) => {
    // Open on Sundays from 22:00 to 02:00.
    const isOpen = async (minute: number, withinMinutes: number) => {
      const time = { forMinutes: 0, withinMinutes, unknownToo: false };
      return (await ids({ text: 'frankfurters', ...near, minute, timeAsked: true, time })).includes('night-owl');
    };
    const opens = WEEK - 120;
    expect(
      await Promise.all([
        isOpen(opens - 60, 60),
        isOpen(opens - 60, 61),
        isOpen(opens - 60, 1440),
        isOpen(119, 60),
        isOpen(120, 60),
        isOpen(120, 1440),
      ]),
    ).toEqual([false, true, true, true, false, false]);
  },
  'facets count vendors and ignore the group’s own filter': async ({ ask }) => {
    const { facets } = await ask({
      text: 'tacos',
      facets: FACETS,
      area: ['harbour'],
      minute: MONDAY_NOON,
      ...open(0, true),
    });
    expect(facets).toEqual({
      category: [{ value: 'mexican', count: 1 }],
      facility: [{ value: 'truck', count: 1 }],
      area: [
        { value: 'Castle, Upper Gate', count: 1 },
        { value: 'Harbour', count: 1 },
        { value: 'Old Town', count: 1 },
      ],
      open: [{ value: 'open', count: 1 }],
    });
    expect((await ask({ text: 'tacos' })).facets).toEqual({});
  },
  'totals do not depend on the limit, and paging returns each vendor once': async ({ ask, release }) => {
    for (const sort of ['best', 'distance', 'name'] as const) {
      for (const origin of [null, WELL]) {
        const whole = await ask({ sort, origin });
        const seen: string[] = [];
        let page: SearchResult | undefined;
        do {
          page = await ask({ sort, origin, limit: 4, after: page?.hits.at(-1)?.key ?? null });
          expect([page.vendors, page.branches]).toEqual([whole.vendors, whole.branches]);
          seen.push(...page.hits.map(({ vendor }) => vendor.id));
        } while (page.more && seen.length < 100);
        expect(seen).toEqual(whole.hits.map(({ vendor }) => vendor.id));
        expect(seen).toHaveLength(release.vendors.length);
      }
    }
  },
  'relaxation corrects, drops and widens': async ({ engine }) => {
    const parse = parserOf(await engine.about());
    const relax = async (asked: Partial<SearchQuery>) => {
      const query = { ...ANYTHING, ...asked };
      const { result, relaxed } = await searchWithRelaxation(query, parse(query), engine);
      return [result.hits.map(({ vendor }) => vendor.id), relaxed.map(({ param, to }) => `${param} ${to}`)];
    };
    expect(await relax({ text: 'quesadila' })).toEqual([['-mile-zola'], ['q quesadillas']]);
    expect(await relax({ text: 'horchata pancakes' })).toEqual([['taco-by-the-well'], ['q horchata']]);
    expect(await relax({ text: 'burritos', minute: 0, ...open() })).toEqual([['taco-by-the-well'], ['open_at null']]);
    expect(await relax({ text: 'brulee', origin: WELL, radiusMetres: 150 })).toEqual([
      ['cr-me-br-l-e-cart'],
      ['radius 600'],
    ]);
  },
  'suggestions: foods, vendors, areas, with the number of vendors in that state': async ({ engine }) => {
    const rows = (text: string, status: string | null, limit = 8) => engine.suggest({ text, limit, status });
    expect(await rows('taco', null)).toEqual([
      { type: 'food', text: 'Tacos', count: 3 },
      { type: 'vendor', text: 'Taco by the Well', count: 1 },
      { type: 'vendor', text: 'Expired Tacos', count: 1 },
      { type: 'vendor', text: 'Far Tacos', count: 1 },
    ]);
    expect((await rows('tac', 'approved'))[0]).toEqual({ type: 'food', text: 'Tacos', count: 2 });
    expect(await rows('old to', 'approved')).toEqual([{ type: 'area', text: 'Old Town', count: 1 }]);
    expect(await rows('tacos', null, 2)).toHaveLength(2);
    expect(await rows('?', null)).toEqual([]);
    expect(await rows('tacos', 'gone')).toEqual([]);
  },
  'a vendor is found by its id': async ({ engine, release }) => {
    for (const vendor of release.vendors) expect(await engine.find(vendor.id)).toEqual(vendor);
    for (const id of ['nobody', '', 'release:files', 'suggestion:0', '../x'])
      expect(await engine.find(id)).toBeUndefined();
  },
  'about describes its data': async ({ engine, release }) => {
    const { vendors, format, ...info } = release;
    expect(await engine.about()).toEqual({
      ...info,
      vendors: vendors.length,
      branches: countBranches(vendors),
      words: dataWordsOf(release),
      values: filterValuesOf(release.vendors),
    });
  },
};

/** Tests every promise against an engine. */
export function engineContract({ name, open: start, gaps }: Contract): void {
  describe(`the engine contract, kept by ${name}`, () => {
    const release = contractTown();
    let opened: Awaited<ReturnType<Contract['open']>>;
    beforeAll(async () => {
      opened = await start(release);
    });
    afterAll(() => opened?.close());

    it.each(Object.entries(PROMISES))('%s', async (title, promised) => {
      const ask: Search = (query) => opened.engine.search({ ...ANYTHING, ...query });
      const ids = async (query: Partial<SearchQuery>) => (await ask(query)).hits.map(({ vendor }) => vendor.id);
      const kept = promised({ engine: opened.engine, release, ask, ids });
      if (title in gaps) await expect(kept, `this gap is closed: ${gaps[title]}`).rejects.toThrow();
      else await kept;
    });

    it('declares only gaps in existing promises', () => {
      expect(Object.keys(gaps).filter((title) => !(title in PROMISES))).toEqual([]);
    });
  });
}
