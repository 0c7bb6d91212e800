import { describe, expect, it } from 'vitest';
import { describeAsset } from '../../../infra/stack/assets.ts';

describe('a file of the page', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['river-town/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['assets/main-66TNVWHN.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['assets/style-3DO2EVS6.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['favicon.svg', 'image/svg+xml', 'public, max-age=300'],
    ['errors/not-found.problem.json', 'application/problem+json', 'public, max-age=300'],
    ['basemap/san-francisco.pmtiles', 'application/vnd.pmtiles', 'no-cache'],
  ])('%s is served as %s with Cache-Control: %s', (path, contentType, cacheControl) => {
    expect(describeAsset(path)).toEqual({ path, contentType, cacheControl });
  });

  it('is rejected if its type is unknown', () => {
    expect(() => describeAsset('a.xyz')).toThrow(/no content type is known for a.xyz/);
  });
});
