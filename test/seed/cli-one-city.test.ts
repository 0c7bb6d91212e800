import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { minimalCity } from '../fixtures/minimal-city.ts';
import { directory, seed } from './commands.ts';

it('handles one of several cities with --only, by its path or its id', async () => {
  const paths = ['alpha', 'beta'].map((id) => `${directory}/place-of-${id}.json`);
  for (const path of paths) {
    const id = /alpha|beta/.exec(path)?.[0] ?? '';
    await writeFile(path, JSON.stringify({ ...minimalCity('https://data.example.org/stalls.csv'), id }));
  }
  const idOf = async (only: string) => {
    const { code, stdout } = await seed('--city', paths.join(','), '--only', only, '--print-city');
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { id: string }).id;
  };
  expect([await idOf('alpha'), await idOf(paths[1] ?? ''), await idOf('beta')]).toEqual(['alpha', 'beta', 'beta']);
});
