import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../functions/config/config.ts';
import { openSections } from '../../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import { MOST_BRANCHES, type SiteRelease } from '../../../functions/model/site-release.ts';
import { readSiteAddress } from '../../../functions/site/site-address.ts';
import { readFilesBelow, writeSite } from '../../../functions/site/site-directory.ts';
import { siteFiles } from '../../../functions/site/site-files.ts';
import { assertSiteSize, assertSiteTiles } from '../../../functions/site/site-limits.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { branch, town, vendor } from '../../fixtures/town.ts';

const release = town([
  vendor('Corner Tacos', ['Tacos'], [branch('a', 0, 0), branch('b', 300, 0)]),
  vendor('Old Cart', ['Hot dogs'], [branch('c', 10, 10)]),
]);
const address = { path: '/some/where/', url: 'https://town.example/some/where/' };
const tiles = { url: 'https://{s}.tiles.example/{z}/{x}/{y}.png', attribution: 'T', attributionUrl: '', maxZoom: 19 };
const built = await readFilesBelow(`${BUILD}/site-page`);
const files = await siteFiles(built, { release, report: { 'quality.txt': 'fine\n' }, tiles, address });
const textOf = (path: string) => Buffer.from(files.get(path) ?? '').toString('utf8');
const current = JSON.parse(textOf('data/current.json')) as SiteRelease & { files: { href: string }[] };

describe('the files of a site', () => {
  it('have the release as the API serves it, and an index of it that can be opened', async () => {
    expect(current.version).toBe(release.version);
    expect(current.files.map(({ href }) => files.has(`data/${href}`))).not.toContain(false);
    expect(textOf(`data/${release.version}/quality.txt`)).toBe('fine\n');
    const index = gunzipSync(files.get(`data/${current.index}`) ?? '');
    const about = await openSections(unpackIndex(index), current.provenance).about();
    expect([about.version, about.vendors, about.branches]).toEqual([release.version, 2, 3]);
  });

  it('never change under the same name: the name of the index has its hash', () => {
    expect(current.index).toMatch(new RegExp(`^${release.version}/index-[0-9a-f]{12}\\.bin\\.gz$`));
  });

  it.each([...files.keys()].filter((path) => path.endsWith('.html') && path !== '404.html'))(
    'links in %s lead to files of the site, wherever it is',
    (path) => {
      const html = textOf(path);
      const links = [...html.matchAll(/ (?:href|src)="([^"#?]*)/g)].map(([, link = '']) => link);
      const own = links.filter((link) => link !== '' && !/^(?:https?|data):/.test(link));
      expect(own.length).toBeGreaterThan(1);
      expect(own.filter((link) => link.startsWith('/'))).toEqual([]);
      const targets = own.map((link) => posix.join(posix.dirname(path), link).replace(/^\.?\/?$/, 'index.html'));
      expect(targets.filter((target) => !files.has(target))).toEqual([]);
    },
  );

  it('have the policy in the page: its own script and style, the tiles, and nothing that browsers ignore there', () => {
    const html = textOf('index.html');
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    for (const tag of ['script', 'style']) {
      const [, hash = '', text = ''] =
        new RegExp(`<${tag} data-hash="([^"]+)"[^>]*>(.*?)</${tag}>`, 's').exec(html) ?? [];
      expect(`sha256-${createHash('sha256').update(text).digest('base64')}`).toBe(hash);
      expect(policy).toContain(`${tag}-src 'self' '${hash}'`);
    }
    expect(policy).toContain("img-src 'self' data: https://*.tiles.example");
    expect(policy).not.toContain('frame-ancestors');
    expect(html.indexOf(policy)).toBeLessThan(html.indexOf('<script'));
    expect(html).toContain(`<meta property="og:image" content="${address.url}icons/share-1200.png">`);
  });

  it('have a page and a calendar for each vendor, with its own address', () => {
    expect(textOf('v/corner-tacos.html')).toContain(`<link rel="canonical" href="${address.url}v/corner-tacos.html">`);
    expect(textOf('v/corner-tacos.html')).toContain('<a href="../v/corner-tacos.ics">');
    expect(textOf('v/corner-tacos.ics')).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(textOf('data/list.html')).toContain('<a href="../v/corner-tacos.html">Corner Tacos</a>');
    expect(textOf('sitemap.xml')).toContain(`<loc>${address.url}v/old-cart.html</loc>`);
  });

  it('tell search engines where the pages are, only with a whole address', async () => {
    expect(textOf('robots.txt')).toContain(`Sitemap: ${address.url}sitemap.xml\n`);
    const listed = [...textOf('sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url);
    expect(listed[0]).toBe(address.url);
    expect(listed.every((url) => files.has(url.slice(address.url.length) || 'index.html'))).toBe(true);
    const without = await siteFiles(built, { release, report: {}, tiles: null, address: { path: '/', url: null } });
    expect(without.has('sitemap.xml')).toBe(false);
    expect(Buffer.from(without.get('robots.txt') ?? '').toString()).not.toContain('Sitemap');
  });
});

describe('the address of a site', () => {
  it.each([
    ['/', { path: '/', url: null }],
    ['/curbside', { path: '/curbside/', url: null }],
    ['https://a.example', { path: '/', url: 'https://a.example/' }],
    ['https://a.example/b/', { path: '/b/', url: 'https://a.example/b/' }],
  ])('%s', (text, expected) => expect(readSiteAddress(text)).toEqual(expected));

  it.each(['', 'curbside', '/a?b=c', '/a#b', 'https://user@a.example/', 'ftp://a.example/', 'https://'])(
    '%j is none',
    (text) => expect(readSiteAddress(text)).toBeUndefined(),
  );
});

describe('writing a site', () => {
  const root = mkdtempSync(`${tmpdir()}/curbside-site-`);
  afterAll(() => rmSync(root, { recursive: true }));

  it('replaces an earlier site as a whole, and no other directory', async () => {
    const site = `${root}/site`;
    await writeSite(site, new Map([...files, ['data/old.txt', 'old']]));
    await writeSite(site, files);
    expect(new Set(readdirSync(`${site}/data`))).toEqual(
      new Set(['current.json', 'list.html', 'quality.html', release.version]),
    );
    expect(readFileSync(`${site}/index.html`, 'utf8')).toBe(textOf('index.html'));
    writeFileSync(`${root}/letter.txt`, 'Dear');
    await expect(writeSite(root, files)).rejects.toThrow(ConfigError);
    expect(readFileSync(`${root}/letter.txt`, 'utf8')).toBe('Dear');
  });
});

describe('data that no site should have', () => {
  it('too many branches', () => {
    const branches = Array.from({ length: MOST_BRANCHES }, (_, at) => branch(`b${at}`, at, 0));
    assertSiteSize(town([vendor('Many', ['Tacos'], branches)]));
    const more = town([vendor('Many', ['Tacos'], [...branches, branch('last', 0, 0)])]);
    expect(() => assertSiteSize(more)).toThrow(`${MOST_BRANCHES + 1} branches are too many for a site`);
  });

  it('tiles that only a server has', () => {
    assertSiteTiles(null);
    assertSiteTiles({ ...tiles, url: 'pmtiles://https://maps.example/town.pmtiles' });
    expect(() => assertSiteTiles({ ...tiles, url: 'pmtiles:///basemap/town.pmtiles' })).toThrow(
      'got the path "/basemap/town.pmtiles"',
    );
  });
});
