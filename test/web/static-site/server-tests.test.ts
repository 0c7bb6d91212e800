import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SERVER_TESTS, whyServer } from './server-tests.ts';

const paths = readdirSync('test/web', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.test.ts'),
);

describe('the list of tests that need a server', () => {
  it.each(Object.entries(SERVER_TESTS))('names tests of %s that exist', (file, tests) => {
    const path = paths.find((one) => basename(one) === `${file}.test.ts`);
    const text = readFileSync(`test/web/${path}`, 'utf8');
    expect(text).toMatch(/\bfixture\(/);
    for (const name of tests.flatMap(({ names = [] }) => names)) expect(text).toContain(name);
  });

  it('leaves out only those', () => {
    expect(whyServer('test/web/journeys/share-tags.test.ts', 'anything')).toBe(
      'its server writes the question into the page',
    );
    expect(whyServer('test/web/journeys/anywhere.test.ts', 'its policy allows frames of other sites')).toBeDefined();
    expect(whyServer('test/web/journeys/anywhere.test.ts', 'embedded, it links to the full page')).toBeUndefined();
    expect(whyServer('test/web/journeys/find.test.ts', 'anything')).toBeUndefined();
  });
});
