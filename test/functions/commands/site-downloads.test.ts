import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { SiteRelease } from '../../../functions/model/site-release.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { startServer } from '../../fixtures/server-process.ts';

const root = mkdtempSync(`${tmpdir()}/curbside-site-off-`);
afterAll(() => rmSync(root, { recursive: true }));

/** Runs the built command with `REFRESH=off`. Any download would fail: the proxy does not exist. */
async function site(out: string, ...flags: string[]) {
  const env = { REFRESH: 'off', NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://127.0.0.1:9', TILES: 'off' };
  const args = [`${BUILD}/site.js`, '--out', `${root}/${out}`, ...flags];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const current = JSON.parse(readFileSync(`${root}/${out}/data/current.json`, 'utf8')) as SiteRelease;
  return { stdout, origin: current.provenance.origin, version: current.version };
}

describe('npm run site with --refresh off', () => {
  const permits = `permits=${BUILD}/sample/permits.csv`;

  it('has the sample if nothing is kept, and says so', async () => {
    const { stdout, origin } = await site('first', '--data-dir', `${root}/none`);
    expect(origin).toBe('sample');
    expect(stdout).toContain('--refresh off forbids downloads: the site has the bundled sample');
  });

  it('has given tables', async () => {
    const { stdout, origin } = await site('given', '--data-dir', `${root}/data`, '--source', permits);
    expect(origin).toBe('given');
    expect(stdout).not.toContain('forbids downloads');
  });

  it('has the release that an earlier site has kept, with its report', async () => {
    const given = await site('given', '--data-dir', `${root}/data`, '--source', permits);
    const { stdout, origin, version } = await site('kept', '--data-dir', `${root}/data`);
    expect([origin, version]).toEqual(['cached', given.version]);
    expect(stdout).toContain(`has kept`);
    expect(existsSync(`${root}/kept/data/${version}/quality.txt`)).toBe(true);
  });

  it('has the release that a server has kept, even after a site of the sample', async () => {
    const given = await site('given', '--data-dir', `${root}/data`, '--source', permits);
    await site('sample', '--data-dir', `${root}/server`, '--sample');
    cpSync(`${root}/data/site-releases`, `${root}/server/releases`, { recursive: true });
    const { origin, version } = await site('kept', '--data-dir', `${root}/server`);
    expect([origin, version]).toEqual(['cached', given.version]);
  });

  it('fails for a city without a sample, and keeps the old site', async () => {
    await expect(site('first', '--data-dir', `${root}/none`, '--city', 'vancouver')).rejects.toThrow(
      'there is no sample of vancouver: give --source permits=PATH_OR_URL',
    );
    expect(existsSync(`${root}/first/index.html`)).toBe(true);
  });
});

/** A city whose only table is a file of this machine. */
const NIGHT_MARKET = 'test/fixtures/cities/night-market.json';

describe('--refresh off with a table that is a file', () => {
  it('lets npm run site load it', async () => {
    const { stdout, origin } = await site('market', '--data-dir', `${root}/none`, '--city', NIGHT_MARKET);
    expect(origin).toBe('live');
    expect(stdout).not.toContain('forbids downloads');
  });

  it('lets npm run seed load it', async () => {
    const args = [`${BUILD}/seed.js`, '--data-dir', `${root}/seed`, '--city', NIGHT_MARKET, '--refresh', 'off'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toMatch(/^published: /m);
  });

  it('lets a server load it', async () => {
    const server = await startServer(['--data-dir', `${root}/serve`, '--city', NIGHT_MARKET, '--refresh', 'off']);
    try {
      const about = (await (await fetch(`${server.url}/meta`)).json()) as { meta: { origin: string } };
      expect(about.meta.origin).toBe('live');
    } finally {
      await server.stop();
    }
  });
});
