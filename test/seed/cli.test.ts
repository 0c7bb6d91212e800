import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadReport } from '../../functions/model/quality-report.ts';
import { BUILD } from '../fixtures/build-directory.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import { type CityServer, startCityServer } from './city-server.ts';
import { current, directory, failure, HEADER, permits, publish, rows, seed } from './commands.ts';
import { AREAS, droppedRows, SCHEDULE_2022, VANCOUVER } from './load-snapshot.ts';

describe('npm run seed', () => {
  it('lists its flags with --help', async () => {
    const { code, stdout, stderr } = await seed('--help', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    for (const flag of [
      'source',
      'city',
      'data-dir',
      'out',
      'report',
      'strict',
      'force',
      'rollback',
      'sample',
      'quiet',
    ]) {
      expect(stdout).toContain(`--${flag}`);
    }
  });

  it('publishes and reports the faults and the place; a second run changes nothing', async () => {
    const first = await publish(10);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('10 rows = 10 kept + 0 dropped');
    expect(first.stdout).toContain('warning: permits: no column for ');
    const { version = '' } = (await current()) ?? {};
    expect(first.stdout.trim().split('\n').at(-1)).toBe(`published: ${version} in ${directory}/out`);
    const bytes = readFileSync(`${directory}/out/${version}/release.json`);
    expect((await publish(10)).stdout).toContain(`unchanged: ${version}`);
    expect(readFileSync(`${directory}/out/${version}/release.json`)).toEqual(bytes);
    const digest = execFileSync('sha256sum', [`${directory}/out/${version}/release.json`], { encoding: 'utf8' });
    expect(version).toBe(`2024-08-29-${digest.slice(0, 12)}`);
  });

  it('prints only errors with --quiet', async () => {
    expect(await publish(10, '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    const { code, stdout, stderr } = await publish(2, '--quiet');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('publishes even if the reader of its output stops early', async () => {
    const source = await permits(10);
    const args = ['--data-dir', `${directory}/data`, '--source', source, '--out', `${directory}/out`];
    const { status } = spawnSync('bash', [
      '-c',
      '"$@" | head -n 1',
      'bash',
      process.execPath,
      `${BUILD}/seed.js`,
      ...args,
    ]);
    expect(status).toBe(0);
    expect(await current()).toBeDefined();
  });

  it('loads the sample, which keeps its origin', async () => {
    expect((await seed('--sample', '--quiet', '--out', `${directory}/out`)).code).toBe(0);
    expect(await current()).toMatchObject({ origin: 'sample', city: { id: 'san-francisco' } });
  });
});

describe('the report', () => {
  it('is JSON or text, depending on the file name, and is the same as the copies next to the release', async () => {
    await publish(10, '--quiet', '--report', `${directory}/report.json`);
    await publish(12, '--quiet', '--report', `${directory}/report.txt`);
    const report = JSON.parse(readFileSync(`${directory}/report.json`, 'utf8')) as LoadReport;
    expect(report).toMatchObject({ sources: { permits: { rowsIn: 10, kept: 10, dropped: {} } }, difference: null });
    expect(report.warnings).toHaveLength(1);
    const { version = '' } = (await current()) ?? {};
    const text = readFileSync(`${directory}/report.txt`, 'utf8');
    expect(text).toContain(`${version}: 12 vendors in 12 places, as of 2024-08-29`);
    expect(text).toContain(`against ${report.version}: vendors +2 -0`);
    expect(readFileSync(`${directory}/out/${version}/quality.txt`, 'utf8')).toBe(text);
    const kept = JSON.parse(readFileSync(`${directory}/out/${version}/quality.json`, 'utf8')) as LoadReport;
    expect(kept.difference).toMatchObject({ from: report.version, removedVendors: [] });
  });

  it('is written even if the data is refused', async () => {
    await publish(10, '--quiet');
    const said = await failure(
      ...['--source', await permits(4), '--out', `${directory}/out`, '--report', `${directory}/report.json`],
    );
    expect(said).toContain('the new data has 4 branches, fewer than half');
    expect(JSON.parse(readFileSync(`${directory}/report.json`, 'utf8'))).toMatchObject({ branches: 4 });
  });

  it('stops the publication if it cannot be written', async () => {
    const path = `${directory}/no/such/report.json`;
    const said = await failure('--source', await permits(10), '--out', `${directory}/out`, '--report', path);
    expect(said).toContain(`the report cannot be written to ${path}: ENOENT`);
    expect(await current()).toBeUndefined();
  });
});

describe('checks before a publication', () => {
  it('refuse fewer than half of the branches, with both numbers, unless --force is given', async () => {
    await publish(10, '--quiet');
    const before = await current();
    expect(await failure('--source', await permits(4), '--out', `${directory}/out`)).toBe(
      "the new data has 4 branches, fewer than half of the current release's 10: nothing was published. " +
        'If that is right: npm run seed -- --force',
    );
    expect(await current()).toEqual(before);
    expect((await publish(4, '--force')).code).toBe(0);
    expect((await current())?.vendors).toHaveLength(4);
    expect((await publish(2)).code).toBe(0);
  });

  it('with --strict refuse unusual data, with one line for each fault', async () => {
    const said = await failure('--source', await permits(10), '--out', `${directory}/out`, '--strict');
    expect(said).toMatch(/^--strict refuses this load, nothing was published:\npermits: no column for address, /);
    expect(await current()).toBeUndefined();
  });

  it.skipIf(noSharedData)('with --strict accept the city’s real data', async () => {
    const sources = [`permits=${sharedData('permits/permits-2021-12-09-629.csv')}`, `schedule=${SCHEDULE_2022}`];
    const args = sources.flatMap((source) => ['--source', source]);
    expect(await seed(...args, '--strict', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('refuse to replace another city’s releases', async () => {
    await publish(10, '--quiet');
    const path = join(directory, 'vancouver.csv');
    await writeFile(path, 'KEY,STATUS,BUSINESS_NAME,DESCRIPTION,geo_point_2d\nA1,open,Ann,Tacos,"49.28, -123.1"\n');
    const args = ['--city', 'vancouver', '--source', `permits=${path}`];
    expect(await failure(...args, '--out', `${directory}/out`)).toContain('/out has releases of san-francisco');
    expect((await seed(...args)).code).toBe(0);
    expect(await readdir(`${directory}/data/releases`)).toEqual(['vancouver']);
  });
});

describe('rolling back', () => {
  const rollback = () => seed('--rollback', '--out', `${directory}/out`);

  it('makes the previous release current; the version rolled back from needs --force to return', async () => {
    await publish(10, '--quiet');
    const first = await current();
    await publish(12, '--quiet');
    const second = await current();
    expect(await rollback()).toEqual({
      code: 0,
      stdout: `rolled back from ${second?.version} to ${first?.version} (10 branches) in ${directory}/out\n`,
      stderr: '',
    });
    expect(await current()).toEqual(first);
    expect(await failure('--source', await permits(12), '--out', `${directory}/out`)).toBe(
      `the data is still ${second?.version}, which was rolled back from: nothing was published. --force publishes it`,
    );
    expect((await publish(12, '--force', '--quiet')).code).toBe(0);
    expect(await current()).toMatchObject({ version: second?.version });
  });

  it('fails with one sentence if there is no previous release', async () => {
    expect(await failure('--rollback', '--out', `${directory}/out`)).toBe(`${directory}/out has no releases`);
    await publish(10, '--quiet');
    const { version } = (await current()) ?? {};
    expect(await failure('--rollback', '--out', `${directory}/out`)).toBe(
      `${directory}/out has no release before ${version}`,
    );
    expect(await current()).toMatchObject({ version });
  });
});

describe('URLs', () => {
  let portal: CityServer;
  beforeAll(async () => {
    portal = await startCityServer();
  });
  afterAll(() => portal.stop());

  it('are fetched, cached, and revalidated with the server’s ETag', async () => {
    portal.publishFile('/permits.csv', Buffer.from([HEADER, ...rows(10), ''].join('\n')), 'text/csv');
    const args = ['--source', `permits=${portal.origin}/permits.csv?api_key=s3cret`, '--out', `${directory}/out`];
    expect((await seed(...args)).code).toBe(0);
    expect((await seed(...args)).stdout).toContain('unchanged: ');
    await expect.poll(() => portal.requests.map(({ status }) => status)).toEqual([200, 304]);
    expect(existsSync(`${directory}/data/downloads`)).toBe(true);
    expect(JSON.stringify(await current())).not.toContain('s3cret');
  });

  it('show no value of a parameter that may be a secret, in the output, the report, the release or an error', async () => {
    portal.publishFile('/permits.csv', Buffer.from([HEADER, ...rows(10), ''].join('\n')), 'text/csv');
    const query = 'code=s3cret&pw=s3cret&s3cret&format=csv';
    const { code, stdout, stderr } = await seed('--source', `permits=${portal.origin}/permits.csv?${query}`);
    expect([code, stderr + stdout]).toEqual([0, expect.not.stringContaining('s3cret')]);
    expect(stdout).toContain('/permits.csv?code=***&pw=***&***&format=csv');
    const files = await readdir(`${directory}/data`, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      expect(readFileSync(join(file.parentPath, file.name)).includes('s3cret'), file.name).toBe(false);
    }
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['quality.json', 'provenance.json']));
    expect(await failure('--source', `permits=${portal.origin}/none.csv?${query}`)).not.toContain('s3cret');
    expect(await failure('--source', `Permits=${portal.origin}/none.csv?${query}`)).not.toContain('s3cret');
  });
});

describe.skipIf(noSharedData)('the command with real files', () => {
  it('accounts for every row of San Francisco’s three sources', async () => {
    const sources = {
      permits: sharedData('permits/permits-2022-03-02-487.json'),
      schedule: SCHEDULE_2022,
      areas: AREAS,
    };
    const given = Object.entries(sources).flatMap(([name, path]) => ['--source', `${name}=${path}`]);
    expect((await seed(...given, '--quiet', '--report', `${directory}/r.json`)).code).toBe(0);
    const report = JSON.parse(readFileSync(`${directory}/r.json`, 'utf8')) as LoadReport;
    expect(Object.keys(report.sources)).toEqual(['permits', 'schedule', 'areas']);
    for (const source of Object.values(report.sources)) expect(source.kept + droppedRows(source)).toBe(source.rowsIn);
  });

  it.each(VANCOUVER)('loads Vancouver from %s', async (path) => {
    const { code, stdout } = await seed(
      '--city',
      'vancouver',
      '--source',
      `permits=${path}`,
      '--out',
      `${directory}/out`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Total trucks loaded: 76 vendors in 91 places');
    expect(await current()).toMatchObject({ city: { id: 'vancouver', zone: 'America/Vancouver' } });
  });
});
