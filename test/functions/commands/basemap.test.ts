import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minimalCity } from '../../fixtures/minimal-city.ts';

/** In place of the command `pmtiles`, a script that records its arguments. */
describe('npm run basemap', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'curbside-cut-'));
    mkdirSync(join(root, 'bin'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(...args: string[]) {
    const path = [join(root, 'bin'), dirname(process.execPath), 'node_modules/.bin', '/usr/bin', '/bin'].join(':');
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['run', '--silent', 'basemap', '--', '--data-dir', join(root, 'data'), ...args],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: path },
      },
    );
    return { status, said: stdout + stderr };
  }
  function pmtiles(script: string): void {
    writeFileSync(join(root, 'bin/pmtiles'), `#!/bin/sh\necho "$@" > ${root}/asked\n${script}\n`);
    chmodSync(join(root, 'bin/pmtiles'), 0o755);
  }
  const written = () => (existsSync(join(root, 'data/basemap')) ? readdirSync(join(root, 'data/basemap')) : []);

  it('extracts the city’s bounds into the directory that the server reads', () => {
    pmtiles('echo archive > "$3"');
    const { status, said } = run('--city', 'vancouver', '--build', '20260131');
    expect([status, said]).toEqual([0, expect.stringContaining('npm start -- --tiles /basemap/vancouver.pmtiles')]);
    const asked = readFileSync(join(root, 'asked'), 'utf8');
    expect(asked).toContain('extract https://build.protomaps.com/20260131.pmtiles');
    expect(asked).toMatch(/--bbox=-123\.\d+,49\.\d+,-123,49\.\d+ --maxzoom=15/);
    expect(written()).toEqual(['vancouver.pmtiles']);
  });

  it('extracts the bounds of a city’s own file, and names the faults of one', () => {
    pmtiles('echo archive > "$3"');
    const path = join(root, 'springfield.json');
    writeFileSync(path, JSON.stringify(minimalCity()));
    expect(run('--city', path).status).toBe(0);
    expect(readFileSync(join(root, 'asked'), 'utf8')).toContain('--bbox=-90,40,-89,41 ');
    expect(written()).toEqual(['springfield.pmtiles']);
    writeFileSync(path, JSON.stringify({ ...minimalCity(), zone: 'Mars/Olympus' }));
    const { status, said } = run('--city', path);
    expect(status).toBe(1);
    expect(said).toMatch(
      /^curbside: the city's file \S+ has a fault:\nzone: must be an IANA time zone.*"Mars\/Olympus"\n$/,
    );
  });

  it('writes nothing with --dry-run', () => {
    pmtiles('exit 0');
    expect(run('--dry-run').status).toBe(0);
    expect(readFileSync(join(root, 'asked'), 'utf8')).toContain('--dry-run');
    expect(written()).toEqual([]);
  });

  it('keeps the previous archive when pmtiles fails', () => {
    mkdirSync(join(root, 'data/basemap'), { recursive: true });
    writeFileSync(join(root, 'data/basemap/vancouver.pmtiles'), 'before');
    pmtiles('exit 3');
    expect(run('--city', 'vancouver').status).toBe(3);
    expect(readFileSync(join(root, 'data/basemap/vancouver.pmtiles'), 'utf8')).toBe('before');
  });

  it('rejects a build that is not a date', () => {
    const { status, said } = run('--build', 'latest');
    expect([status, said.trim()]).toEqual([1, 'curbside: --build must be a date such as 20260131, got "latest"']);
  });

  it.skipIf(spawnSync('pmtiles', ['version']).error === undefined)(
    'without pmtiles, prints the command to run and where to get it',
    () => {
      const { status, said } = run('--build', '20260131');
      expect(status).toBe(1);
      expect(said).toContain('pmtiles extract https://build.protomaps.com/20260131.pmtiles');
      expect(said).toContain('https://github.com/protomaps/go-pmtiles/releases');
    },
  );
});
