import { describe, expect, it } from 'vitest';
import { calendarPath, directions, webLink } from '../../../web/view/links.ts';

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
  it.each(['../meta', 'a/b?c#d', '"><script>', '%2e%2e', 'ünï 码'])(
    '%s stays one part of a calendar’s address',
    (id) => {
      const { pathname, search, hash } = new URL(calendarPath(id, id), 'https://example.org');
      expect([pathname.split('/').length, decodeURIComponent(pathname), hash]).toEqual([3, `/trucks/${id}.ics`, '']);
      expect([...new URLSearchParams(search)]).toEqual([['place', id]]);
      expect(`/${calendarPath(id)}`).toBe(pathname);
    },
  );
  it('directions lead to the coordinates', () => {
    const { openStreetMap, google, app } = directions({ lat: 37.5, lon: -122.25 });
    expect(new URL(openStreetMap).searchParams.get('to')).toBe('37.5,-122.25');
    expect(new URL(google).searchParams.get('destination')).toBe('37.5,-122.25');
    expect(app).toBe('geo:37.5,-122.25?q=37.5,-122.25');
  });
});
