import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import { Random } from '../fixtures/random.ts';
import { startServer } from '../fixtures/server-process.ts';
import { isLongForm } from './long-form.ts';
import { seedTable, served } from './tables.ts';

/** The previous release and the current one: their numbers of vendors. */
const [PREVIOUS, CURRENT] = [20, 30];

const folder = mkdtempSync(`${tmpdir()}/curbside-damages-`);
const intact = `${folder}/intact`;
/** When the data of each release was read, by version. */
const readAt = new Map<string, string>();
/** Files of the current release, and the pointer, relative to the releases; with the previous release's file of the same name. */
let files: { path: string; other: string }[] = [];
beforeAll(async () => {
  await seedTable(intact, PREVIOUS);
  const [previous = ''] = versions();
  await seedTable(intact, CURRENT);
  const current = versions().find((version) => version !== previous) ?? '';
  for (const version of versions()) {
    const provenance = readFileSync(`${releasesOf(intact)}/${version}/provenance.json`, 'utf8');
    const [, at = ''] = /"fetchedAt": ?"([^"]+)"/.exec(provenance) ?? [];
    readAt.set(version, at);
  }
  files = [
    { path: 'current.json', other: `${current}/provenance.json` },
    ...readdirSync(`${releasesOf(intact)}/${current}`).map((name) => ({
      path: `${current}/${name}`,
      other: `${previous}/${name}`,
    })),
  ];
});
afterAll(() => rmSync(folder, { recursive: true }));

function releasesOf(directory: string): string {
  return `${directory}/releases/san-francisco`;
}
function versions(): string[] {
  return readdirSync(releasesOf(intact)).filter((name) => /^\d{4}-/.test(name));
}

type Damage = (path: string, otherPath: string, random: Random) => void;
const DAMAGES: Record<string, Damage> = {
  truncated: (path) => truncateSync(path, statSync(path).size >> 1),
  'with a flipped bit': (path, _other, random) => flipBit(path, random),
  empty: (path) => truncateSync(path, 0),
  missing: (path) => rmSync(path),
  'that of another release': (path, other) => cpSync(other, path),
};

function flipBit(path: string, random: Random): void {
  const bytes = readFileSync(path);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  writeFileSync(path, bytes);
}

let copies = 0;

/** Starts a server on a damaged copy: it must serve the data of one of the two releases, and say why if it is not the newer one. */
async function expectRightData(path: string, damage: Damage, random: Random): Promise<void> {
  const directory = `${folder}/damaged-${copies++}`;
  cpSync(intact, directory, { recursive: true });
  const { other } = files.find((file) => file.path === path) ?? { other: '' };
  damage(`${releasesOf(directory)}/${path}`, `${releasesOf(directory)}/${other}`, random);
  const server = await startServer(['--data-dir', directory, '--refresh', 'off']);
  try {
    const { hits, origin, version } = await served(server.url);
    expect([hits, origin, version.length > 0], server.said()).toEqual([
      expect.toSatisfy((count) => count === CURRENT || count === PREVIOUS),
      'cached',
      true,
    ]);
    if (hits === PREVIOUS) expect(server.said()).toContain('warning: ');
    const meta = (await (await fetch(`${server.url}/meta`)).json()) as MetaResponse;
    expect(meta.counts).toMatchObject({ vendors: hits, branches: hits });
    expect(meta.meta.fetched_at).toBe(readAt.get(version));
    await expectNoServerError(server.url, version);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The downloads of a damaged release are right, absent or unavailable; a bug would be a 500. */
async function expectNoServerError(url: string, version: string): Promise<void> {
  const names = ['release.json', 'places.csv', 'quality.json', 'quality.txt', 'quality.html'].map(
    (name) => `/data/${version}/${name}`,
  );
  for (const path of ['/data/current.json', '/data/quality.html', '/data/list.html', ...names]) {
    const response = await fetch(`${url}${path}`);
    expect([200, 404, 503], path).toContain(response.status);
    const text = await response.text();
    if (response.status === 200 && path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow();
  }
}

const NAMES = ['current.json', 'release.json', 'provenance.json', 'index.bin', 'quality.json', 'quality.txt'];
const cases = NAMES.flatMap((name) => Object.keys(DAMAGES).map((kind) => ({ name, kind })));
/** In the short form: each file and each damage, but not each pair. */
const shortCases = cases.filter((_, at) => at % 6 === Math.floor(at / 6) % 5 || at % 7 === 3);

describe('a server on a data directory', () => {
  it.each(isLongForm ? cases : shortCases)('whose $name is $kind serves real data', async ({ name, kind }) => {
    const path = files.map((file) => file.path).find((file) => file.endsWith(name)) ?? '';
    await expectRightData(path, DAMAGES[kind] as Damage, new Random(cases.findIndex((one) => one.name === name)));
  });

  it.runIf(isLongForm)('serves real data after any flipped bit', { timeout: 300_000 }, async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed);
      await expectRightData(random.pick(files).path, DAMAGES['with a flipped bit'] as Damage, random);
    }
  });
});
