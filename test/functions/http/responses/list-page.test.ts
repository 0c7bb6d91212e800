import { describe, expect, it } from 'vitest';
import { listPage as listParts } from '../../../../functions/http/responses/list-page.ts';
import type { Branch } from '../../../../functions/model/vendor.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const listPage = (...input: Parameters<typeof listParts>) => [...listParts(...input)].join('');

const hours = (week: Branch['hours']['week'], more: Partial<Branch['hours']> = {}): Partial<Branch> => ({
  hours: { source: 'schedule', text: null, week, complete: true, ...more },
});
/** The lines of each place in a list of these places: address, hours, permit. */
function linesOf(...branches: Branch[]): string[][] {
  return linesIn(listPage(town([vendor('One', ['Soup'], branches)])));
}

function linesIn(text: string): string[][] {
  return [...text.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) =>
    item.split('<br>').map((line) =>
      line
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('\u00a0', ' ')
        .trim(),
    ),
  );
}

describe('the list of all vendors', () => {
  it('is at /data/list.html, and the same in its release', async () => {
    const current = await appOf().request('/data/list.html');
    expect([current.status, current.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(current.headers.get('Cache-Control')).toBe('public, max-age=60, s-maxage=30');
    const released = await appOf().request('/data/2026-09-01-town/list.html');
    expect(released.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(await released.text()).toBe(await current.text());
  });

  it('has every vendor, dish and place once, by name, approved permits first', () => {
    const text = listPage(town());
    const names = [...text.matchAll(/<h3 dir="auto"><a href="\/v\/[^"]+">(.*?)<\/a><\/h3>/g)].map(([, name]) => name);
    expect(names).toEqual([
      'Brew Cold',
      'Crème Brûlée Cart',
      'Far Tacos',
      'Papa’s Hot Dogs',
      'Taco by the Well',
      'Expired Tacos',
    ]);
    expect(text.match(/<li>/g)?.length).toBe(town().vendors.flatMap(({ branches }) => branches).length);
    for (const item of town().vendors.flatMap(({ items }) => items)) expect(text).toContain(`<bdi>${item}</bdi>`);
    expect(text.indexOf('Permits that are not approved: 1 vendor at 1 place')).toBeGreaterThan(
      text.indexOf('Approved permits: 5 vendors at 7 places'),
    );
  });

  it.each([
    ['2027-11-15', '2027-11-15', 'approved, valid until 15 November 2027'],
    ['2027-11-16', '2027-11-15', 'ended on 15 November 2027: from old data'],
    // The data is of 2026-09-01.
    ['2026-09-03', '2026-08-31', 'ended on 31 August 2026'],
  ])('on %s, a permit until %s is called: %s', (today, expires, words) => {
    const text = listPage(town([vendor('One', ['Soup'], [branch('a', 0, 0, { expires })])]), today);
    expect(linesIn(text)[0]?.at(-1)).toBe(`Permit P-a: ${words}`);
    const since = '1 permit ended since this data was published, and may have been renewed.';
    expect(text.includes(since)).toBe(words.endsWith('old data'));
  });

  it('says today which permits have ended, but never in the file of a release, which does not change', async () => {
    const app = appOf(undefined, [], '2028-01-01T12:00:00Z');
    const [today, file] = await Promise.all(
      ['list.html', '2026-09-01-town/list.html'].map(async (name) => (await app.request(`/data/${name}`)).text()),
    );
    expect(today).toContain('ended on 15 November 2027: from old data');
    expect(file).not.toContain('from old data');
    expect(file).toContain('approved, valid until 15 November 2027');
  });

  it('names dishes that only permits without approval list in a line of their own', () => {
    const one = vendor('One', ['Soup', 'Pie', 'Tea'], [branch('a', 0, 0)], { pastItems: ['Pie', 'Tea'] });
    expect(listPage(town([one]))).toContain(
      '<p><bdi>Soup</bdi></p>\n<p>Not on a current permit: <bdi>Pie</bdi>, <bdi>Tea</bdi></p>',
    );
  });

  it('has a vendor with both kinds of permits in both sections, with one anchor', () => {
    const both = vendor('Both', ['Soup'], [branch('a', 0, 0), branch('b', 0, 0, { status: 'suspend' })]);
    const text = listPage(town([both]));
    expect(text.match(/<h3 dir="auto"><a href="\/v\/both">Both<\/a><\/h3>/g)?.length).toBe(2);
    expect(text.match(/id="both"/g)?.length).toBe(1);
    expect(text.match(/<li>/g)?.length).toBe(2);
  });

  it.each<[Partial<Branch>, string[]]>([
    [
      { address: '50 01ST ST', area: 'Old Town', ...hours([[660, 840]]) },
      [
        '50 1st St · Old Town · Truck',
        'Permitted to operate: Mon 11 am–2 pm',
        'Permit P-x: approved, valid until 15 November 2027',
      ],
    ],
    [
      { address: 'Assessors Block 8727/Lot005', descriptions: ['16TH ST: OWENS ST to 07TH ST', 'x'] },
      ['16th St: Owens St to 7th St · Truck', 'Hours unknown', 'Permit P-x: approved, valid until 15 November 2027'],
    ],
    [
      { address: null, facility: 'push_cart', status: 'expired', expires: '2025-01-02' },
      ['Address not listed · Push cart', 'Hours unknown', 'Permit P-x: expired, was valid until 2 January 2025'],
    ],
    [
      {
        facility: 'unknown',
        permit: null,
        permitUrl: null,
        expires: null,
        status: 'on_hold',
        ...hours(
          [0, 1, 2, 3, 4].map((day) => [day * 1440 + 720, day * 1440 + 1440] as const),
          { complete: false },
        ),
      },
      [
        '1 Well St',
        'Permitted to operate: Mon–Fri noon–midnight; perhaps at other times: the city’s list is cut off',
        'Permit: on hold',
      ],
    ],
    [
      hours([
        [5 * 1440 + 1350, 6 * 1440 + 130],
        [9960, 10_200],
      ]),
      [
        '1 Well St · Truck',
        'Permitted to operate: Sat 10:30 pm–2:10 am; Sun 10 pm–2 am',
        'Permit P-x: approved, valid until 15 November 2027',
      ],
    ],
    [
      hours([[0, 10_080]]),
      [
        '1 Well St · Truck',
        'Permitted to operate: every day, around the clock',
        'Permit P-x: approved, valid until 15 November 2027',
      ],
    ],
    [
      hours([], { text: 'by appointment' }),
      [
        '1 Well St · Truck',
        'Permitted to operate: by appointment',
        'Permit P-x: approved, valid until 15 November 2027',
      ],
    ],
  ])('describes %o as %o', (more, lines) => {
    expect(linesOf(branch('x', 0, 0, more))).toEqual([lines]);
  });

  it('depends on the data alone: the same data has the same bytes', () => {
    const release = town();
    const later = { ...release, asOf: '2027-01-01', origin: 'cached' as const, sources: [] };
    expect(listPage(later)).toBe(listPage(release));
    expect(listPage({ ...release, vendors: release.vendors.toReversed() })).toBe(listPage(release));
  });

  it('has the date and the source of the data, and says if it is invented', () => {
    const text = listPage(town());
    expect(text).toContain('Data of 1 September 2026.');
    expect(text).toContain(
      '<a href="https://town.example">Town</a>. Licence: <a href="https://town.example/cc0">CC0</a>',
    );
    expect(text).not.toContain('invented');
    expect(listPage({ ...town(), origin: 'sample' })).toContain('Sample data: these vendors are invented.');
    expect(listPage({ ...town(), version: 'undated-abc' })).toContain('no dates of its own');
  });

  it('escapes hostile texts and links to the web only', () => {
    const attack = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const hostile = vendor(
      attack,
      [attack],
      [
        branch('x', 0, 0, {
          address: attack,
          area: attack,
          permit: attack,
          permitUrl: 'javascript:alert(1)',
          facility: attack,
          status: attack,
        }),
        branch('y', 0, 0, { permitUrl: `https://town.example/"onclick="alert(1)` }),
      ],
    );
    const text = listPage(town([hostile]));
    expect(text.match(/<(img|script)/g)).toBeNull();
    expect(text).not.toMatch(/javascript:|<[^>]*\son\w+=/i);
  });

  it('is cut before it is too large for a response, says so, and links to all data', () => {
    const many = Array.from({ length: 6000 }, (_, n) =>
      vendor(`v${n}`, ['x'.repeat(900)], [branch(`${n}`, 0, 0)], { id: `v-${n}` }),
    );
    const text = listPage(town(many));
    expect(new TextEncoder().encode(text).length).toBeLessThan(5_000_000);
    const shown = text.match(/<article/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(3000);
    expect(text).toContain(`it has the first ${shown}. <a href="/data/2026-09-01-town/places.csv">`);
  });
});
