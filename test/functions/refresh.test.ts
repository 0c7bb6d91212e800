import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import { BUILD } from '../fixtures/build-directory.ts';
import { type CityRow, type CityServer, startCityServer } from '../seed/city-server.ts';

let portal: CityServer;
let directory: string;
beforeAll(async () => {
  portal = await startCityServer();
  directory = await mkdtemp(`${tmpdir()}/curbside-lambda-refresh-`);
});
afterAll(async () => {
  await portal.stop();
  await rm(directory, { recursive: true });
});

const vendors = (count: number): CityRow[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `row-${at}`,
    cells: {
      objectid: String(at),
      applicant: `Vendor ${at}`,
      fooditems: 'Tacos',
      status: 'APPROVED',
      received: '20240829',
      latitude: '37.77',
      longitude: `-122.${410 + at}`,
    },
  }));

/** Calls the built handler as Lambda does, configured only by the environment. */
async function invoke(): Promise<{ code: number | null; stdout: string; result: unknown }> {
  const script = `import('./${BUILD}/refresh/index.js').then(({ handler }) => handler({})).then(
    (result) => console.log(JSON.stringify({ result })), () => { process.exitCode = 3; });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: directory,
      SOURCE_PERMITS: `${portal.origin}/resource/rqzj-sfat.json`,
    },
  });
  let stdout = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return {
    code,
    stdout,
    result: last.startsWith('{"result"') ? (JSON.parse(last) as { result: unknown }).result : null,
  };
}
const current = async () => (await readCurrentRelease(`${directory}/releases/san-francisco`))?.release;

describe('the built refresh function', () => {
  it('loads in pages, publishes, and returns the outcome', async () => {
    portal.publish('rqzj-sfat', vendors(40));
    const { code, result } = await invoke();
    expect(code).toBe(0);
    const release = await current();
    expect(result).toMatchObject({ outcome: 'published', version: release?.version, vendors: 40, branches: 40 });
    expect(portal.requests[0]?.query.get('$order')).toBe(':id');
    expect(await invoke()).toMatchObject({ code: 0, result: { outcome: 'unchanged', version: release?.version } });
  });

  it('fails with the reason if the city has far too few rows; the previous release stays', async () => {
    const before = await current();
    portal.publish('rqzj-sfat', vendors(3));
    const { code, stdout, result } = await invoke();
    expect([code, result]).toEqual([3, null]);
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'refresh_failed',
      error: expect.stringContaining("the new data has 3 branches, fewer than half of the current release's 40"),
    });
    expect(await current()).toEqual(before);
  });
});
