import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { sitemapPages } from '../../../../functions/http/responses/sitemap.ts';
import { permitClock, vendorPermit } from '../../../../functions/model/permit-end.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const pageOf = async (vendors: Vendor[], id: string, headers: Record<string, string> = {}) => {
  const response = await appOf(openEmbedded(town(vendors))).request(`/v/${id}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const clock = permitClock(town(), '2026-09-03');
/** The data for search engines in a page. */
const structured = (text: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? 'null');

describe('the page of a vendor', () => {
  it('has its food, places, hours as permitted, a link to the map and its calendar', async () => {
    const { status, headers, text } = await pageOf(town().vendors as Vendor[], 'taco-by-the-well');
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(headers.get('Cache-Control')).toBe('public, max-age=60, s-maxage=30');
    expect(text).toContain('<h1 dir="auto">Taco by the Well</h1>');
    expect(text).toContain('<bdi>Tacos</bdi>, <bdi>Burritos</bdi>, <bdi>Horchata</bdi>');
    expect(text).toContain('Permitted to operate: Mon 11\u00a0am–2\u00a0pm');
    expect(text).toContain('It does not say that the vendor is there now.');
    expect(text).toMatch(/<a href="\/\?q=Taco\+by\+the\+Well[^"]*">Show on the map/);
    expect(text).toContain('href="/trucks/taco-by-the-well.ics"');
    const calendar = await appOf().request('/trucks/taco-by-the-well.ics');
    expect(calendar.status).toBe(200);
  });

  it('has its own address, a preview and data for search engines, by the address that the visitor has', async () => {
    const soup = vendor('Soup', ['Soup'], [branch('a', 0, 0), branch('b', 9, 9, { status: 'expired' })]);
    const { text } = await pageOf([soup], 'soup', { 'X-Forwarded-Proto': 'https' });
    const url = 'https://localhost/v/soup';
    expect(text).toContain(`<link rel="canonical" href="${url}">`);
    expect(text).toContain(`<meta property="og:url" content="${url}">`);
    expect(text).toContain('<meta property="og:image" content="https://localhost/icons/share-1200.png">');
    expect(structured(text)).toEqual({
      '@context': 'https://schema.org',
      '@graph': [
        {
          '@type': 'FoodEstablishment',
          '@id': `${url}#a`,
          name: 'Soup',
          url,
          keywords: 'Soup',
          address: { '@type': 'PostalAddress', streetAddress: '1 Well St', addressLocality: 'Oasis' },
          geo: { '@type': 'GeoCoordinates', latitude: soup.branches[0]?.lat, longitude: soup.branches[0]?.lon },
        },
      ],
    });
  });

  it.each([
    ['an approved permit', [{}], 200, ''],
    ['one approved of two', [{ status: 'expired' }, {}], 200, ''],
    ['a request', [{ status: 'requested' }], 200, 'no approved permit'],
    ['a suspension', [{ status: 'suspended' }], 200, 'no approved permit'],
    ['an expired permit', [{ status: 'expired' }], 410, 'no permit any more'],
    ['a permit whose last day was before the data', [{ expires: '2026-08-31' }], 410, 'no permit any more'],
    // It may have been renewed since.
    ['a permit that has ended since', [{ expires: '2026-09-02' }], 200, ''],
  ])('with %s', async (_name, branches, status, notice) => {
    const one = vendor(
      'One',
      ['Soup'],
      branches.map((more, at) => branch(`b${at}`, at, 0, more)),
    );
    const { text, ...page } = await pageOf([one], 'one');
    expect(page.status).toBe(status);
    const isCurrent = notice === '';
    expect(text.includes('<p class="notice">')).toBe(!isCurrent);
    expect(text).toContain(notice);
    expect(text.includes('<meta name="robots" content="noindex">')).toBe(!isCurrent);
    expect(text.includes('application/ld+json')).toBe(isCurrent);
    expect(text.includes('.ics')).toBe(isCurrent);
    expect(sitemapPages(town([one]), clock, '').includes('v/one')).toBe(isCurrent);
    expect(vendorPermit(one, clock) === 'current').toBe(isCurrent);
  });

  it('of an unknown vendor does not exist', async () => {
    const response = await appOf().request('/v/nobody');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ detail: 'There is no vendor "nobody"; /data/list.html has all' });
  });

  it.each(['</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'A & B ‮gnp', "O'Neil <b>"])(
    'shows the name %s as text',
    async (name) => {
      const evil = vendor(
        'Evil',
        [name],
        [branch('a', 0, 0, { address: name, area: name, permitUrl: 'javascript:alert(1)' })],
        {
          name,
          otherNames: [name],
        },
      );
      const { text } = await pageOf([evil], 'evil');
      expect(text.match(/<script/g)?.length).toBe(1);
      expect(text).not.toMatch(/<img|<b>|javascript:|\u202e/);
      const [place] = structured(text)['@graph'];
      expect(place.name.replaceAll('\u202e', '')).toBe(name.replaceAll('\u202e', ''));
    },
  );

  it('is listed for search engines, with an address that they accept', async () => {
    const response = await appOf().request('/sitemap.xml', { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(response.headers.get('Content-Type')).toBe('text/xml; charset=utf-8');
    const addresses = [...(await response.text()).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url);
    expect(addresses.slice(0, 2)).toEqual(['https://localhost/', 'https://localhost/data/list.html']);
    expect(addresses).toContain('https://localhost/v/taco-by-the-well');
    expect(addresses).not.toContain('https://localhost/v/expired-tacos');
    for (const url of addresses.slice(3)) {
      expect((await appOf().request(new URL(url).pathname)).status).toBe(200);
    }
    const robots = await appOf().request('/robots.txt');
    expect(await robots.text()).toBe('User-agent: *\nAllow: /\nSitemap: http://localhost/sitemap.xml\n');
  });

  it('at most 50,000 pages are listed', () => {
    const one = vendor('One', [], [branch('a', 0, 0)]);
    const many = Array.from({ length: 60_000 }, (_, at) => ({ ...one, id: `one-${at}` }));
    expect(sitemapPages({ vendors: many }, clock, '').length).toBe(50_000);
  });
});
