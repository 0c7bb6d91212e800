import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { current, directory, failure, HEADER, rows, seed } from './commands.ts';
import { startWebServer } from './source/web-server.ts';

const out = () => ['--out', `${directory}/out`];
const names = HEADER.toLowerCase().split(',');
const records = rows(250).map((row, number) => ({
  ...Object.fromEntries(row.split(',').map((cell, at) => [names[at], cell])),
  longitude: String(-122.4 - number / 10_000),
  latitude: '37.77',
}));

describe('npm run seed', () => {
  it('reads all pages of a portal that returns 100 rows at once', async () => {
    const origin = await startWebServer((request, response) => {
      const offset = Number(new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('resultOffset') ?? 0);
      const features = records.slice(offset, offset + 100).map((attributes) => ({
        attributes,
        geometry: { x: Number(attributes.longitude), y: Number(attributes.latitude) },
      }));
      response.end(JSON.stringify({ features, exceededTransferLimit: offset < 200 }));
    });
    const { code, stdout } = await seed('--source', `permits=${origin}/query?f=json&token=s3cret`, ...out());
    expect(code).toBe(0);
    expect(stdout).toContain('permits (arcgis) from ');
    expect(stdout).toContain('250 rows = 250 kept + 0 dropped');
    expect((await current())?.vendors).toHaveLength(250);
  });

  it('publishes nothing if only a part of the rows can be read', async () => {
    const origin = await startWebServer((_, response) => {
      response.end(JSON.stringify({ success: true, result: { records: records.slice(0, 100), total: 250 } }));
    });
    expect(await failure('--source', `permits=${origin}/data`, ...out())).toContain('the server ignores offset');
    expect(await current()).toBeUndefined();
  });

  it('reports a text whose encoding it had to guess', async () => {
    const path = join(directory, 'latin.csv');
    await writeFile(
      path,
      Buffer.from([HEADER, ...rows(10).map((row) => row.replace('Tacos', 'Jalape\xf1o')), ''].join('\n'), 'latin1'),
    );
    const { code, stdout } = await seed('--source', `permits=${path}`, ...out());
    expect(code).toBe(0);
    expect(stdout).toContain(
      'warning: permits: is not UTF-8: it is read as Windows-1252; 10 characters beyond ASCII depend on that, the first on line 2',
    );
    expect((await current())?.vendors[0]?.items).toEqual(['Jalapeño']);
  });
});
