import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BUILD } from '../../fixtures/build-directory.ts';
import { startServer } from '../../fixtures/server-process.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { list } from '../../seed/proposal/proposed.ts';
import { ITEM, startStandInPortal } from '../../seed/proposal/stand-in-portal.ts';
import { startWebServer } from '../../seed/source/web-server.ts';
import { city, directory, failure, file, tried, written } from './city-command.ts';

const ROWS = Array.from({ length: 30 }, (_, at) => ({
  permit_no: `P-${100 + at}`,
  vendor: `Vendor ${at}`,
  food_items: at % 2 === 0 ? 'Tacos and burritos' : 'Coffee and donuts',
  status: at % 5 === 0 ? 'Expired' : 'Active',
  latitude: 37.75 + at / 1000,
  longitude: -122.45 + at / 1000,
}));

describe('npm run city -- try', () => {
  it.skipIf(noSharedData)('makes a file of a real list, which its own check accepts', async () => {
    const { code, stdout } = await tried(sharedData('other-cities/vancouver-food-vendors-2025-12.csv'), 'list');
    expect(code).toBe(0);
    expect(stdout).toContain('91 rows = 91 kept + 0 dropped');
    expect(await written('list')).toMatchObject({
      name: 'Vancouver',
      zone: 'America/Vancouver',
      sources: { permits: { columns: { id: 'KEY', name: 'BUSINESS_NAME', food: 'DESCRIPTION', status: 'STATUS' } } },
      statuses: { open: 'approved' },
      notes: expect.arrayContaining([expect.stringMatching(/^Guess: statuses: open/)]),
    });
    const checked = await city('check', `${directory}/list.json`);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('permits: 91 of 91 rows kept') });
  });

  it.each([
    ['Socrata', '/d/abcd-1234', '/resource/abcd-1234.json'],
    ['ArcGIS', `/datasets/${ITEM}_0/explore`, '/FeatureServer/0/query'],
    ['CKAN', '/dataset/food-vendors', '/datastore_search'],
    ['Opendatasoft', '/explore/dataset/food-vendors/information/', '/exports/json'],
  ])('makes a file from the page of a portal: %s', async (software, page, rows) => {
    const { origin } = await startStandInPortal(ROWS);
    const { code, stdout } = await tried(`${origin}${page}`, software.toLowerCase());
    expect(code).toBe(0);
    expect(stdout).toContain('30 rows = 30 kept + 0 dropped');
    const made = await written(software.toLowerCase());
    expect(made.sources.permits.url).toContain(rows);
    expect(made).toMatchObject({
      name: 'Food vendors',
      attribution: { text: 'Food vendors, Town of Exampleton', license: 'Public Domain' },
      sources: { permits: { columns: { id: 'permit_no', name: 'vendor', food: 'food_items', status: 'status' } } },
      statuses: { active: 'approved', expired: 'expired' },
    });
    expect(await city('check', `${directory}/${software.toLowerCase()}.json`)).toMatchObject({ code: 0 });
  });

  it('follows the description for search engines in the page of any other portal', async () => {
    const dataset = {
      '@type': 'Dataset',
      name: 'Stalls',
      license: 'https://licence.example/pd',
      publisher: { name: 'Town of Exampleton' },
      distribution: [
        { '@type': 'DataDownload', encodingFormat: 'application/pdf', contentUrl: '/stalls.pdf' },
        { '@type': 'DataDownload', encodingFormat: 'text/csv', contentUrl: '/stalls.csv' },
      ],
    };
    const rows = ROWS.map(({ permit_no, vendor, latitude, longitude }) =>
      [permit_no, vendor, latitude, longitude].join(),
    );
    const origin = await startWebServer((request, response) => {
      const csv = ['id,vendor,latitude,longitude', ...rows, ''].join('\n');
      const html = `<!DOCTYPE html><title>Stalls</title><script type="application/ld+json">${JSON.stringify({ '@graph': [dataset] })}</script>`;
      response.end(request.url === '/stalls.csv' ? csv : html);
    });
    const { code, stdout } = await tried(`${origin}/catalogue/stalls`, 'page');
    expect(code).toBe(0);
    expect(stdout).toContain('30 rows = 30 kept + 0 dropped');
    expect(await written('page')).toMatchObject({
      name: 'Stalls',
      attribution: { text: 'Stalls, Town of Exampleton', url: `${origin}/catalogue/stalls` },
      sources: { permits: { url: `${origin}/stalls.csv` } },
    });
  });

  it('makes ids for rows without one, and reads hours from a row for each day of a place', async () => {
    const made = await tried(list('night-market.csv'), 'market');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('8 rows = 8 kept + 0 dropped') });
    expect(await written('market')).toMatchObject({
      attribution: { text: 'Night market' },
      notes: expect.arrayContaining([
        expect.stringMatching(/^Guess: ids:/),
        expect.stringMatching(/^Guess: attribution:/),
      ]),
    });
    const days = ['Monday', 'Tuesday', 'Friday'].flatMap((day) => [
      `7,A,${day},09:00,14:00,37.75,-122.41`,
      `8,B,${day},10:00,15:00,37.76,-122.42`,
    ]);
    const table = await file('days.csv', ['siteid,vendor,weekday,start,end,lat,lon', ...days, ''].join('\n'));
    expect(await tried(table, 'days')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('hours from: 2 schedule'),
    });
    expect(await city('check', `${directory}/days.json`)).toMatchObject({ code: 0 });
    expect(made.stdout).toContain('hours from: 8 permit');
  });

  it.each([
    ['Mon,Tue,Wed,Thu,Fri,Sat,Sun', '9am-5pm,9am-5pm,9am-5pm,9am-5pm,9am-5pm,closed,', 'weekday-columns'],
    ['Opens,Closes', '09:00,17:00', 'open-close-columns'],
  ])('reads hours from the columns %s', async (columns, cells, notation) => {
    const lines = [`id,name,lat,lon,${columns}`, `1,Ann,37.75,-122.41,${cells}`, `2,Bea,37.76,-122.42,${cells}`, ''];
    const made = await tried(await file(`${notation}.csv`, lines.join('\n')), notation);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('hours from: 2 permit') });
    expect(await written(notation)).toMatchObject({ hours: { notation } });
  });

  it('shows the map of the file that it has written', async () => {
    const out = `${directory}/fountains.json`;
    const args = [
      'try',
      list('drinking-fountains.geojson'),
      '--yes',
      '--out',
      out,
      '--data-dir',
      `${directory}/served`,
    ];
    const server = await startServer(args, {}, `${BUILD}/city.js`);
    try {
      const answer = await (await fetch(`${server.url}/search?hours=any&limit=50`)).json();
      expect(answer).toMatchObject({ hits: 12 });
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it('writes nothing without a terminal and --yes, and says what to do', async () => {
    const { code, stdout } = await city('try', list('drinking-fountains.geojson'), '--out', `${directory}/not.json`);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Nothing was written: there are \d+ guesses and no terminal to ask on\. Add --yes/);
    await expect(written('not')).rejects.toThrow('ENOENT');
  });

  it('replaces a file only with --force', async () => {
    await file('kept.json', '{}');
    const args = [list('drinking-fountains.geojson'), '--yes', '--no-serve', '--out', `${directory}/kept.json`];
    expect(await failure('try', ...args)).toMatch(
      /kept\.json exists: give another name with --out FILE, or replace it with --force$/,
    );
    expect((await city('try', ...args, '--force', '--name', 'Wells of Exampleton')).code).toBe(0);
    expect(await written('kept')).toMatchObject({ id: 'wells-of-exampleton', name: 'Wells of Exampleton' });
  });

  it('reads Windows-1252 with a warning, and swapped coordinates with a guess', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => `${at},Caf\u00e9 ${at},-122.4${at},37.7${at}`);
    const path = await file(
      'swapped.csv',
      Buffer.from(['id,name,latitude,longitude', ...rows, ''].join('\n'), 'latin1'),
    );
    const { code, stdout } = await tried(path, 'swapped');
    expect(code).toBe(0);
    expect(stdout).toContain('latitude and longitude are swapped in the data');
    expect(stdout).toContain('warning: is not UTF-8: it is read as Windows-1252');
    expect(stdout).toContain('5 rows = 5 kept + 0 dropped');
    expect(await written('swapped')).toMatchObject({
      sources: { permits: { columns: { lat: 'longitude', lon: 'latitude' } } },
    });
  });

  it('has a sentence for a wrong call', async () => {
    expect(await failure('try')).toBe('try needs a file or an address: npm run city -- try vendors.csv');
    expect(await failure('make', 'x')).toBe('there is no "make": there are try and check. See --help');
    expect(await failure('try', `${directory}/none.csv`)).toMatch(/none\.csv: there is no such file: check the path$/);
  });
});

describe('npm run city -- check', () => {
  it('fails when a column is gone, a source cannot be read, or a file has a fault', async () => {
    const table = await file('stalls.csv', 'id,name,food,lat,lon\n1,A,Tacos,37.75,-122.41\n2,B,Tea,37.76,-122.42\n');
    expect((await tried(table, 'stalls')).code).toBe(0);
    expect(await city('check', `${directory}/stalls.json`)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/stalls\.json: all right\n {2}permits: 2 of 2 rows kept/),
    });

    await file('stalls.csv', 'id,name,lat,lon,phone\n1,A,37.75,-122.41,555\n');
    const gone = await city('check', `${directory}/stalls.json`);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toMatch(/stalls\.json: 1 fault\n.*no column for "?food"?/s);

    await rm(table);
    const unread = await city('check', `${directory}/stalls.json`);
    expect(unread).toMatchObject({ code: 1, stdout: expect.stringContaining('there is no such file') });

    await file('faulty.json', '{"name": 7, "zonee": "Europe/Paris"}');
    const faulty = await city('check', `${directory}/faulty.json`);
    expect(faulty).toMatchObject({ code: 1, stdout: expect.stringMatching(/zonee/) });
  });
});
