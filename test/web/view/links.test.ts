import { describe, expect, it } from 'vitest';
import { directions, webLink } from '../../../web/view/links.ts';

describe('links in the data', () => {
  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'NA',
    '',
    '/meta',
    '//x',
  ])('%s is not a web link', (url) => {
    expect(webLink(url)).toBeNull();
  });
  it('http and https are web links', () => {
    expect(webLink('http://example.org/a?b=c&d')).toBe('http://example.org/a?b=c&d');
  });
  it('directions lead to the coordinates', () => {
    const { openStreetMap, google, app } = directions({ lat: 37.5, lon: -122.25 });
    expect(new URL(openStreetMap).searchParams.get('to')).toBe('37.5,-122.25');
    expect(new URL(google).searchParams.get('destination')).toBe('37.5,-122.25');
    expect(app).toBe('geo:37.5,-122.25?q=37.5,-122.25');
  });
});
