import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import {
  DEPARTED_FILE,
  departedText,
  departedVendors,
  MOST_DEPARTED,
  readDeparted,
} from '../../functions/model/departed-vendors.ts';
import { textHash } from '../../functions/model/slug.ts';
import { minimalCity } from '../fixtures/minimal-city.ts';
import { run, startServer } from '../fixtures/server-process.ts';
import { vendor } from '../fixtures/town.ts';

const directory = mkdtempSync(`${tmpdir()}/curbside-departed-`);
afterAll(() => rmSync(directory, { recursive: true }));
const city = `${directory}/springfield.json`;
writeFileSync(city, JSON.stringify({ ...minimalCity(`${directory}/stalls.csv`), outline: null }));

function writeStalls(...names: string[]): void {
  const rows = names.map((name) => `${name.charCodeAt(0)},${name},Tacos,40.${name.charCodeAt(0)},-89.5`);
  writeFileSync(`${directory}/stalls.csv`, ['Id,Stall,Menu,Latitude,Longitude', ...rows, ''].join('\n'));
}

const command = (entry: string, ...more: string[]) => run(entry, ['--city', city, '--data-dir', directory, ...more]);

async function publish(...names: string[]): Promise<void> {
  writeStalls(...names);
  expect(await command('seed')).toMatchObject({ code: 0 });
}

/** The id that the loader gives to a vendor of this name. */
const idOf = (name: string) => `${name}-${textHash(name).slice(0, 4)}`;

/** The API says the same as the page, and when the data last had the vendor. */
async function expectSameOfApi(url: string, id: string, status: number): Promise<void> {
  for (const path of [`/trucks/${id}`, `/trucks/${id}.ics`]) {
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, status]);
    if (status !== 410) continue;
    const day = new Date().toISOString().slice(0, 10);
    expect(await response.json()).toMatchObject({
      type: '/docs#gone',
      detail: `Truck "${id}" is no longer in the data; the data of ${day} was the last that had it`,
    });
  }
}

/** The status of each vendor's page on a new server. */
async function statuses(...names: string[]): Promise<Record<string, string>> {
  const server = await startServer(['--city', city, '--data-dir', directory, '--refresh', 'off', '--tiles', 'off']);
  const pages: [string, string][] = [];
  for (const name of names) {
    const page = await fetch(`${server.url}/v/${idOf(name)}`);
    const text = await page.text();
    const isForgotten = text.includes('<meta name="robots" content="noindex">');
    pages.push([name, `${page.status}${isForgotten ? ' noindex' : ''}`]);
    if (page.status === 410) expect(text).toContain('This vendor was in an earlier version of the city’s list');
    await expectSameOfApi(server.url, idOf(name), page.status);
  }
  expect(await server.stop()).toBe(0);
  return Object.fromEntries(pages);
}

describe('the page of a vendor that left the data', () => {
  it('is gone, release after release, until the vendor comes back or a rollback brings it back', async () => {
    await publish('Arepas', 'Bao', 'Crepes');
    expect(await statuses('arepas', 'never')).toEqual({ arepas: '200', never: '404' });
    await publish('Arepas', 'Bao');
    expect(await statuses('arepas', 'crepes', 'never')).toEqual({
      arepas: '200',
      crepes: '410 noindex',
      never: '404',
    });
    // The same rows again, and other rows.
    await publish('Arepas', 'Bao');
    await publish('Bao', 'Dosa');
    const after = { arepas: '410 noindex', bao: '200', crepes: '410 noindex', dosa: '200' };
    expect(await statuses('arepas', 'bao', 'crepes', 'dosa')).toEqual(after);
    expect(await command('seed', '--rollback')).toMatchObject({ code: 0 });
    expect(await statuses('arepas', 'crepes')).toEqual({ arepas: '200', crepes: '410 noindex' });
    await publish('Arepas', 'Crepes', 'Dosa');
    expect(await statuses('bao', 'crepes')).toEqual({ bao: '410 noindex', crepes: '200' });
  }, 120_000);

  it('is a file on a site without a server', async () => {
    const out = `${directory}/site`;
    for (const names of [['Arepas', 'Bao'], ['Bao']]) {
      writeStalls(...names);
      expect(await command('site', '--out', out)).toMatchObject({ code: 0 });
    }
    const gone = readFileSync(`${out}/v/${idOf('arepas')}.html`, 'utf8');
    expect(gone).toContain('<meta name="robots" content="noindex">');
    expect(gone).toContain('<h1>No longer in the list</h1>');
    expect(gone).not.toMatch(/ href="\//);
    expect(readFileSync(`${out}/v/${idOf('bao')}.html`, 'utf8')).toContain('<h1 dir="auto">Bao</h1>');
  }, 60_000);
});

describe('the vendors that a release lacks', () => {
  const of = (...names: string[]) => ({ vendors: names.map((name) => vendor(name, [], [])) });

  it('are at most ten thousand, those that left last', () => {
    const many = Array.from({ length: MOST_DEPARTED }, (_, at) => `v${at}`);
    const ids = departedVendors(of('a', 'b'), of('b'), many);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([MOST_DEPARTED, 'v1', 'a']);
    expect(departedVendors(of('a'), of('b'), ['a', 'b', 'c'])).toEqual(['c', 'a']);
  });

  it('are none of a release without the file, or with another one', () => {
    expect(DEPARTED_FILE).toBe('departed.json');
    for (const text of [undefined, '', '{', '[]', 'null', '{"vendors":"x"}'])
      expect(readDeparted(text).ids).toEqual([]);
    expect(readDeparted('{"vendors":["a",5]}').ids).toEqual(['a']);
    for (const text of [undefined, '', 'null', '{"lastSeen":5}', '{"lastSeen":{"a":5}}']) {
      expect([...readDeparted(text).lastSeen]).toEqual([]);
    }
  });

  it('have the day of the last data with each, if it is known', () => {
    const text = departedText(
      ['a', 'b'],
      new Map([
        ['a', '2026-11-20'],
        ['c', '2026-11-21'],
      ]),
    );
    expect(readDeparted(text).ids).toEqual(['a', 'b']);
    expect([...readDeparted(text).lastSeen]).toEqual([['a', '2026-11-20']]);
  });
});
